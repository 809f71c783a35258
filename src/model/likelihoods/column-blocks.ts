import * as z from 'zod/mini'
import { constant } from '../../graph/ops/constant.ts'
import { matmul } from '../../graph/ops/matmul.ts'
import { slice } from '../../graph/ops/slice.ts'
import type { Tensor } from '../../graph/tensor.ts'

/** The likelihood of rows of a table, by its name: whoever asks whether a model has it need not load it. */
export const COLUMNS = 'columns'

/** What the numbers of a column are, in the order in which they lie in a row. */
const groups = ['real', 'count', 'binary', 'categorical'] as const
export type Group = (typeof groups)[number]

/** A column of encoded rows: `slots` numbers; those of a categorical one are a 1 among zeros. */
export const columnSchema = z.strictObject({
  group: z.enum(groups),
  slots: z.int().check(z.positive()),
  /** How often it comes, one after another, as in a window of rows; default: once. */
  times: z.optional(z.int().check(z.positive())),
})
/** A column, and how often it comes. */
export type RepeatedColumn = z.infer<typeof columnSchema>
/** A column as often as it comes. */
export type EncodedColumn = Omit<RepeatedColumn, 'times'>

/** The columns one by one. */
export const columnsOneByOne = (columns: readonly RepeatedColumn[]): EncodedColumn[] =>
  columns.flatMap(({ times = 1, ...column }) => Array.from({ length: times }, () => column))

/** Consecutive numbers of a row that are read alike: all real ones, or the levels of one column. */
export interface Block {
  readonly group: Group
  readonly from: number
  readonly to: number
  /** The columns that these numbers belong to, consecutive too. */
  readonly columns: readonly EncodedColumn[]
  readonly firstColumn: number
}

export function blocksOf(columns: readonly EncodedColumn[]): Block[] {
  const blocks: Block[] = []
  let from = 0
  for (const [place, column] of columns.entries()) {
    const last = blocks.at(-1)
    const to = from + column.slots
    if (last?.group === column.group && column.group !== 'categorical')
      blocks.splice(-1, 1, { ...last, to, columns: [...last.columns, column] })
    else blocks.push({ group: column.group, from, to, columns: [column], firstColumn: place })
    from = to
  }
  return blocks
}

/** Numbers that hold the values of a row; one mask for each column follows them. */
export const valuesOf = (columns: readonly EncodedColumn[]): number =>
  columns.reduce((sum, { slots }) => sum + slots, 0)

/** Whether each number of a block is there [rows, numbers]: a column's mask stands for all that it holds. */
export function maskOf({ columns, firstColumn, from, to }: Block, masks: Tensor): Tensor {
  const own = slice(masks, 1, firstColumn, firstColumn + columns.length)
  if (columns.length === to - from) return own
  const belongs = columns.flatMap(({ slots }, column) =>
    Array.from({ length: slots }, () => columns.map((_, other) => (other === column ? 1 : 0))),
  )
  return matmul(own, constant(belongs.flat(), [to - from, columns.length]), { transposeB: true })
}
