import {
  format,
  intensityRange,
  joinedRows,
  type NDArray,
  type OpenedRun,
  openRunModel,
  panelFrames,
  pingPong,
  placesAlong,
  type TraversalUnit,
  traversalFrame,
  traversalUnits,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { type Ranked, rankedDimensions } from '../model/dimensions.ts'
import { rowAt, rowsOf, splitOption } from '../model/rows.ts'
import {
  animatedKinds,
  animatedPngKinds,
  exampleSheet,
  kindsFor,
  openOut,
  outOption,
  pictureKinds,
  type Sheet,
} from '../model/sheet.ts'
import { whereOption } from '../model/where.ts'
import { number, oneOf, toggle, wholeList, wholeNumber, withFallback } from '../options.ts'

const STEPS = { still: 11, animated: 25 } as const
const kinds = [...pictureKinds, ...animatedKinds]

const words: Readonly<Record<TraversalUnit, string>> = {
  prior: 'standard deviations of the prior',
  codes: 'standard deviations of the codes',
  posterior: 'standard deviations of the posterior',
}

const options = {
  out: outOption(kinds),
  animate: toggle('write a moving .png: every dimension at once, there and back; .gif and .apng always are'),
  dimensions: wholeList(
    'code dimensions (default: the active ones, highest KL first; else the widest first)',
    0,
    '0,3,5',
  ),
  example: wholeNumber('start from the code of this row, and not from the mean of the prior', 0, 7),
  split: splitOption,
  where: whereOption('what is known of all that is shown'),
  from: withFallback(number('<x>', 'first position, in --unit from its mean', { example: '-3' }), -3),
  to: withFallback(number('<x>', 'last position', { example: '3' }), 3),
  unit: oneOf(
    '<name>',
    'whose standard deviations positions count (default: prior, or codes where nothing held them to one)',
    traversalUnits,
  ),
  steps: wholeNumber(
    `positions (default: ${STEPS.still}, or ${STEPS.animated} where they move)`,
    1,
    STEPS.still,
  ),
  fps: withFallback(
    number('<n>', 'pictures a second, where they move', { exclusiveMinimum: 0, maximum: 50, example: '12' }),
    12,
  ),
}

export const command = defineCommand({
  arguments: [runArgument],
  options,
  examples: [
    ['runs/mnist-1 --out traverse.png', 'a row for every active dimension'],
    ['runs/mnist-1 --out traverse.gif', 'all of them at once, moving'],
    ['runs/mnist-1 --out t.png --dimensions 0,3 --example 7', 'two dimensions of one example'],
    [
      'runs/mnist-1 --out t.apng --example 7 --unit posterior',
      'as far as the example’s own code is uncertain',
    ],
  ],
  async run({ args: [path], values, parts, terminal, signal }) {
    using run = await openRunModel(path, { parts })
    const save = openOut(values.out, kindsFor(run.trained, values.animate ? animatedPngKinds : kinds))
    const moves = values.animate || /\.(gif|apng)$/i.test(values.out as string)
    const { from, to, unit, steps = moves ? STEPS.animated : STEPS.still } = values
    const example =
      values.example === undefined
        ? undefined
        : await rowAt(await rowsOf(run, values.split), values.example, 'example')
    const { rows, condition } = example ?? {}
    const frame = await traversalFrame(run.model, { example: rows, condition, unit })
    const dimensions = await rankedDimensions(run, values.dimensions)
    const positions = positionsOf(from, to, steps)
    const lines: NDArray[] = []
    for (const { dimension } of dimensions)
      lines.push(
        await run.model.traverse(dimension, placesAlong(frame, dimension, positions), {
          base: frame.base,
          condition,
          where: values.where,
          signal,
        }),
      )
    const drawn = { run, dimensions, positions, lines, unit: words[frame.unit], fps: values.fps }
    terminal.out(`${await save(sheetOf(drawn))}\n`)
    return exitCodes.done
  },
})

interface Drawn {
  readonly run: OpenedRun
  readonly dimensions: readonly Ranked[]
  readonly positions: readonly number[]
  /** One for each dimension [positions, ...exampleShape]. */
  readonly lines: readonly NDArray[]
  readonly unit: string
  readonly fps: number
}

function sheetOf({ run: { trained }, dimensions, positions, lines, unit, fps }: Drawn): Sheet {
  const { dtype } = trained.example
  const rows = joinedRows(lines)
  return {
    rows,
    ...exampleSheet(trained),
    lead: {
      columns: ['dimension', 'position'],
      rows: dimensions.flatMap(({ dimension }) => positions.map((position) => [dimension, position])),
    },
    grid: { dtype, columns: positions.length },
    animation: () => ({
      framesPerSecond: fps,
      frames: pingPong(
        panelFrames(
          dimensions.map((ranked, i) => ({
            name: `z${ranked.dimension}`,
            note: noteOf(ranked),
            images: lines[i],
          })),
          { range: intensityRange(dtype, rows.data), positions, unit },
        ),
      ),
    }),
  }
}

function noteOf({ kl, variance }: Ranked): string | undefined {
  if (kl !== undefined) return `${format.fixed(kl, 1)} nats`
  return variance === undefined ? undefined : `sd ${format.short(Math.sqrt(variance))}`
}

const positionsOf = (from: number, to: number, steps: number): number[] =>
  Array.from({ length: steps }, (_, i) => (steps === 1 ? from : from + ((to - from) * i) / (steps - 1)))
