import { type NDArray, type OpenedRun, openRunModel } from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { rowAt, rowsOf } from '../model/rows.ts'
import { exampleColumns, openOut, outOption, pictureKinds, type Sheet } from '../model/sheet.ts'
import { number, whole, wholeList, withFallback } from '../options.ts'

/** KL in nats above which a dimension is worth a row. */
const ACTIVE_NATS = 0.01

/** Dimensions that say something, strongest first; all where the run did not measure them. */
async function strongest({ directory, model }: OpenedRun): Promise<number[]> {
  const measured = (await directory.events()).findLast((event) => event.kind === 'epoch')?.klPerDimension
  const all = Array.from({ length: model.latent }, (_, i) => i)
  const active = measured ? all.filter((i) => measured[i] > ACTIVE_NATS) : []
  return measured && active.length > 0 ? active.sort((a, b) => measured[b] - measured[a]) : all
}

const positionsOf = (from: number, to: number, steps: number): number[] =>
  Array.from({ length: steps }, (_, i) => (steps === 1 ? from : from + ((to - from) * i) / (steps - 1)))

const joined = (parts: readonly NDArray[]): NDArray => {
  const data = new Float32Array(parts.length * parts[0].data.length)
  parts.forEach((part, i) => {
    data.set(part.data, i * part.data.length)
  })
  return { data, shape: [parts.length * parts[0].shape[0], ...parts[0].shape.slice(1)] }
}

export const command = defineCommand({
  arguments: [runArgument],
  options: {
    out: outOption(pictureKinds),
    dimensions: wholeList(
      'code dimensions, a row each (default: the active ones, strongest first)',
      0,
      '0,3,5',
    ),
    from: withFallback(number('<x>', 'first position', { example: '-3' }), -3),
    to: withFallback(number('<x>', 'last position', { example: '3' }), 3),
    steps: withFallback(whole('positions in a row', 1, 11), 11),
    row: whole('start from the code of this test row and not from 0', 0, 7),
  },
  examples: [
    ['runs/mnist-1 --out traverse.png', 'a row for every active dimension'],
    ['runs/mnist-1 --out t.png --dimensions 0,3 --row 7', 'two dimensions of one example'],
  ],
  async run({ args: [path], values, terminal, signal }) {
    const save = openOut(values.out, pictureKinds)
    using run = await openRunModel(path)
    const dimensions = values.dimensions ?? (await strongest(run))
    const positions = positionsOf(values.from, values.to, values.steps)
    const base = values.row === undefined ? undefined : await codeOf(run, values.row)
    const lines: NDArray[] = []
    for (const dimension of dimensions)
      lines.push(await run.model.traverse(dimension, positions, { base, signal }))
    const sheet: Sheet = {
      rows: joined(lines),
      columns: exampleColumns(run.trained),
      lead: {
        columns: ['dimension', 'position'],
        rows: dimensions.flatMap((dimension) => positions.map((position) => [dimension, position])),
      },
      grid: { dtype: run.trained.example.dtype, columns: positions.length },
    }
    terminal.out(`${await save(sheet)}\n`)
    return exitCodes.done
  },
})

async function codeOf(run: OpenedRun, row: number): Promise<ArrayLike<number>> {
  const { mean } = await run.model.encode(await rowAt(await rowsOf(run, undefined), row, 'row'))
  return mean.data
}
