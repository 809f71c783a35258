import {
  BetavaeError,
  type NDArray,
  type OpenedRun,
  type Rows,
  type SplitName,
  splitNames,
} from '../../../inside.node.ts'
import { oneOf } from '../options.ts'

export const splitOption = oneOf(
  '<name>',
  'which rows; without it the first of these that holds any',
  splitNames,
)

/** The rows of a split; without a name those of the first split that holds any. Error: `cli/no-rows`. */
export async function rowsOf(run: OpenedRun, split: SplitName | undefined): Promise<Rows> {
  const parts = await run.splits()
  const name = split ?? splitNames.find((candidate) => parts[candidate].indices.length > 0) ?? 'train'
  const rows = parts[name]
  if (rows.indices.length > 0) return rows
  throw new BetavaeError({
    code: 'cli/no-rows',
    seen: `split "${name}" of 0 rows`,
    wanted: 'at least one row',
    fix: 'choose another --split',
    usage: true,
  })
}

/** Rows as stored, and what a model is given beside them. */
export interface StoredRows {
  readonly rows: NDArray
  readonly condition: NDArray | undefined
}

const stored = async ({ dataset }: Rows, indices: Uint32Array): Promise<StoredRows> => ({
  rows: await dataset.read(indices),
  condition: dataset.condition?.read(indices),
})

/** The first rows of a split. */
export const firstRows = (rows: Rows, count: number): Promise<StoredRows> =>
  stored(rows, rows.indices.subarray(0, count))

/** One row of a split by its place there. Error: `cli/row`. */
export async function rowAt(rows: Rows, place: number, flag: string): Promise<StoredRows> {
  const { indices } = rows
  if (place < indices.length) return stored(rows, indices.subarray(place, place + 1))
  throw new BetavaeError({
    code: 'cli/row',
    seen: `--${flag} ${place}`,
    wanted: `a row from 0 to ${indices.length - 1}`,
    fix: 'choose a row that the split has',
    usage: true,
  })
}
