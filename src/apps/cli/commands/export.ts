import { join } from 'node:path'
import {
  BetavaeError,
  cardOf,
  explorerPage,
  exportOnnx,
  exportScore,
  openRunModel,
  openRunWith,
  partsOf,
  type Trained,
  trainedFrom,
  unitsOfRun,
  writeWeights,
  writeWhole,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { oneOf, text } from '../options.ts'

type Files = Readonly<Record<string, Uint8Array | string>>

const withCard = (trained: Trained, files: Files): Files => ({
  ...files,
  'card.json': `${JSON.stringify(cardOf(trained), null, 2)}\n`,
})

const formats = {
  onnx(trained: Trained): Files {
    const { encoder, decoder } = exportOnnx(trained)
    return withCard(trained, { 'encoder.onnx': encoder, 'decoder.onnx': decoder })
  },
  safetensors: (trained: Trained): Files =>
    withCard(trained, { 'weights.safetensors': writeWeights(trained) }),
  async html(trained: Trained, path: string): Promise<Files> {
    using run = await openRunModel(path, { parts: partsOf(trained.recipe) })
    return { 'explorer.html': await explorerPage(trained, { units: await unitsOfRun(run) }) }
  },
  async score(trained: Trained, path: string): Promise<Files> {
    using run = await openRunModel(path, { parts: partsOf(trained.recipe) })
    return { 'score.onnx': await exportScore(run.engine, trained) }
  },
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
    [
      'runs/table-1 --to score',
      'score.onnx: cells in, scores out, where Python, Spark or DuckDB have the rows',
    ],
    ['runs/mnist-1 --to html', 'explorer.html: sliders and the decoder in one page that opens offline'],
  ],
  async run({ args: [path], values: { to, out }, parts, terminal }) {
    if (to === undefined)
      throw new BetavaeError({
        code: 'cli/no-format',
        seen: 'no --to',
        wanted: `--to ${names.join(' or --to ')}`,
        fix: `add --to ${names[0]}`,
        usage: true,
      })
    const files = await formats[to](await trainedFrom(await openRunWith(path, { parts })), path)
    const folder = out ?? join(path, 'export')
    for (const [name, content] of Object.entries(files)) {
      await writeWhole(join(folder, name), content)
      terminal.out(`${join(folder, name)}\n`)
    }
    return exitCodes.done
  },
})
