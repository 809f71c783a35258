import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  BetavaeError,
  cardOf,
  EVENTS,
  explorerPage,
  exportOnnx,
  exportScore,
  mlflowFiles,
  openRunModel,
  openRunWith,
  type Part,
  partsOf,
  RECIPE,
  type Trained,
  tensorboardFile,
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

/** What there is to export of a run. */
interface Exported {
  readonly path: string
  /** Where the files are to lie. */
  readonly folder: string
  readonly parts: readonly Part[]
  trained(): Promise<Trained>
}

const formats = {
  async onnx({ trained }: Exported): Promise<Files> {
    const known = await trained()
    const { encoder, decoder, levels } = exportOnnx(known)
    const files = {
      'encoder.onnx': encoder,
      'decoder.onnx': decoder,
      ...(levels && { 'levels.onnx': levels }),
    }
    return withCard(known, files)
  },
  async safetensors({ trained }: Exported): Promise<Files> {
    const known = await trained()
    return withCard(known, { 'weights.safetensors': writeWeights(known) })
  },
  async html({ path, trained }: Exported): Promise<Files> {
    const known = await trained()
    using run = await openRunModel(path, { parts: partsOf(known.recipe) })
    return { 'explorer.html': await explorerPage(known, { units: await unitsOfRun(run) }) }
  },
  async score({ path, trained }: Exported): Promise<Files> {
    const known = await trained()
    using run = await openRunModel(path, { parts: partsOf(known.recipe) })
    return { 'score.onnx': await exportScore(run.engine, known) }
  },
  async tensorboard({ path, parts }: Exported): Promise<Files> {
    const run = await openRunWith(path, { parts })
    const { began } = await timesOf(path)
    return { 'events.out.tfevents.betavae': tensorboardFile(await run.events(), began) }
  },
  async mlflow({ path, folder, parts }: Exported): Promise<Files> {
    const run = await openRunWith(path, { parts })
    const name = basename(resolve(path))
    const id = createHash('sha256')
      .update(`${name} ${JSON.stringify(run.recipe)}`)
      .digest('hex')
      .slice(0, 32)
    const record = { id, name, ...(await timesOf(path)) }
    return mlflowFiles(run.recipe, await run.events(), record, pathToFileURL(resolve(folder)).href)
  },
}

/** When a run began, and when it last wrote into its log, in milliseconds. */
async function timesOf(path: string): Promise<{ readonly began: number; readonly ended: number }> {
  const [recipe, events] = await Promise.all([stat(join(path, RECIPE)), stat(join(path, EVENTS))])
  return { began: Math.round(recipe.mtimeMs), ended: Math.round(events.mtimeMs) }
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
    const folder = out ?? join(path, 'export')
    const trained = async () => trainedFrom(await openRunWith(path, { parts }))
    const files = await formats[to]({ path, folder, parts, trained })
    const isStore = to === 'mlflow'
    for (const [name, content] of Object.entries(files)) {
      await writeWhole(join(folder, name), content)
      if (!isStore) terminal.out(`${join(folder, name)}\n`)
    }
    if (isStore) terminal.out(`${folder}\n`)
    return exitCodes.done
  },
})
