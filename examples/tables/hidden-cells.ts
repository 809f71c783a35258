/** Hides cells of a table whose answers are known, trains on what is left, and fills them in again. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { openTableRun, trainRun } from 'betavae/runs'
import { type Cell, isMissing, openTable, type TableChunk } from 'betavae/tables'
import { chance } from '../chance.ts'
import { columnAverages, nearestNeighbors } from './imputers.ts'

/** Draws of every gap. */
const DRAWS = 39

/** A hidden cell and what each way says of it. */
export interface Filled {
  readonly row: number
  readonly column: string
  readonly truth: Cell
  readonly model: Cell
  readonly average: Cell
  readonly neighbors: Cell
  /** Of a number, what the model thinks it lies between with 90%. */
  readonly between?: readonly [low: number, high: number]
}

export interface Trial {
  readonly columns: readonly string[]
  readonly rows: TableChunk['rows']
  readonly filled: readonly Filled[]
}

/** Hides `share` of the known cells of a table and fills them in again. */
export async function fillPenguins(seed = 0, share = 0.1): Promise<Trial> {
  const [whole] = await chunksOf(fileURLToPath(new URL('penguins.csv', import.meta.url)))
  const known = whole.rows.map((row) => row.map((cell) => (isMissing(cell) ? null : asNumber(cell))))
  const uniform = chance(seed)
  const left = known.map((row) => row.map((cell) => (uniform() < share ? null : cell)))
  const isHidden = (row: number, column: number) => known[row][column] !== null && left[row][column] === null
  const model = await filledByModel(whole.columns, left)
  const others = { average: columnAverages(left), neighbors: nearestNeighbors(left, 5) }
  const filled = known.flatMap((row, i) =>
    row.flatMap((truth, j): Filled[] => {
      if (!isHidden(i, j)) return []
      const draws = model.samples.map((sample) => sample[i][j])
      return [
        {
          ...{ row: i, column: whole.columns[j], truth, model: model.rows[i][j] },
          ...{ average: others.average[i][j], neighbors: others.neighbors[i][j] },
          ...(typeof truth === 'number' && { between: middle(draws.map(Number)) }),
        },
      ]
    }),
  )
  return { columns: whole.columns, rows: known, filled }
}

/** Trains on a table with gaps, and fills them: means, and draws that show how sure those are. */
async function filledByModel(columns: readonly string[], rows: TableChunk['rows']) {
  const folder = await mkdtemp(`${tmpdir()}/penguins-`)
  try {
    const source = `${folder}/gaps.csv`
    await writeFile(
      source,
      [columns, ...rows].map((cells) => `${cells.map((cell) => cell ?? '').join()}\n`).join(''),
    )
    await trainRun({ data: { source, test: 0 }, training: { for: 'gaps' } }, { out: `${folder}/run` })
    using run = await openTableRun(`${folder}/run`)
    const [chunk] = await chunksOf(source)
    return await run.table.impute(chunk, { samples: DRAWS })
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function chunksOf(path: string): Promise<TableChunk[]> {
  const chunks: TableChunk[] = []
  for await (const chunk of (await openTable(path)).chunks()) chunks.push(chunk)
  return chunks
}

/** What a further draw lies between with 90%: of 39 draws, (39 − 1 − 2)/(39 + 1) of the time within the second from either end. */
function middle(draws: readonly number[]): [number, number] {
  const sorted = draws.toSorted((a, b) => a - b)
  return [sorted[1], sorted[sorted.length - 2]]
}

const asNumber = (cell: Cell): Cell => (Number.isNaN(Number(cell)) ? cell : Number(cell))

export const ways = ['average', 'neighbors', 'model'] as const
type Way = (typeof ways)[number]

/** Errors of each way: of numbers the root of the mean square in standard deviations, of words the share named wrongly. */
export function errorsOf(
  trials: readonly Trial[],
): { column: string; cells: number; errors: Record<Way, number> }[] {
  const [{ columns, rows }] = trials
  return columns.map((column, at) => {
    const cells = trials.flatMap(({ filled }) => filled.filter((cell) => cell.column === column))
    const numbers = rows.map((row) => row[at]).filter((cell) => typeof cell === 'number')
    const unit = Math.sqrt(average(numbers.map((x) => (x - average(numbers)) ** 2)))
    const error = (way: Way) =>
      numbers.length > 0
        ? Math.sqrt(average(cells.map((cell) => ((Number(cell[way]) - Number(cell.truth)) / unit) ** 2)))
        : average(cells.map((cell) => (cell[way] === cell.truth ? 0 : 1)))
    const errors = { average: error('average'), neighbors: error('neighbors'), model: error('model') }
    return { column, cells: cells.length, errors }
  })
}

/** How often a number lies between what the model thinks. */
export const coverage = (trials: readonly Trial[]): number =>
  average(
    trials.flatMap(({ filled }) =>
      filled.flatMap(({ truth, between }) =>
        between ? [Number(truth) >= between[0] && Number(truth) <= between[1] ? 1 : 0] : [],
      ),
    ),
  )

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
