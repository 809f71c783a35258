import { join } from 'node:path'
import {
  BetavaeError,
  cardOf,
  exportOnnx,
  openRun,
  type Trained,
  trainedFrom,
  writeWeights,
  writeWhole,
} from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { oneOf, text } from '../options.ts'

type Files = Readonly<Record<string, Uint8Array | string>>

const formats = {
  onnx: (trained: Trained): Files => {
    const { encoder, decoder } = exportOnnx(trained)
    return { 'encoder.onnx': encoder, 'decoder.onnx': decoder }
  },
  safetensors: (trained: Trained): Files => ({ 'weights.safetensors': writeWeights(trained) }),
}
const names = Object.keys(formats) as (keyof typeof formats)[]

export const command = defineCommand({
  arguments: [runArgument],
  options: {
    to: oneOf('<name>', 'format', names),
    out: text('<folder>', 'where to write (default: export in the run)'),
  },
  examples: [
    ['runs/mnist-1 --to onnx', 'encoder.onnx and decoder.onnx, with a card that says how to use them'],
    ['runs/mnist-1 --to safetensors --out model', 'the weights by name'],
  ],
  async run({ args: [path], values: { to, out }, terminal }) {
    if (to === undefined)
      throw new BetavaeError({
        code: 'cli/no-format',
        seen: 'no --to',
        wanted: `--to ${names.join(' or --to ')}`,
        fix: `add --to ${names[0]}`,
        usage: true,
      })
    const trained = await trainedFrom(await openRun(path))
    const folder = out ?? join(path, 'export')
    const files: Files = {
      ...formats[to](trained),
      'card.json': `${JSON.stringify(cardOf(trained), null, 2)}\n`,
    }
    for (const [name, content] of Object.entries(files)) {
      await writeWhole(join(folder, name), content)
      terminal.out(`${join(folder, name)}\n`)
    }
    return exitCodes.done
  },
})
