/** Kinds of columns that users bring. */
import type * as z from 'zod/mini'
import { fail } from '../../../base/errors.ts'
import { type Part, part } from '../../../base/parts.ts'
import type { Cell } from '../cell.ts'
import type { SlotGroup } from './kind.ts'

/**
 * What a kind of column is: how its cells become numbers, and how numbers become cells again.
 *
 * `fields` is what is kept of a column, as plain JSON, in the recipe: whatever `write` and `read` need to know.
 *
 * @inline
 */
export interface ColumnKindSpec<Fields> {
  readonly name: string
  /** What its cells are, in a few words. */
  readonly summary: string
  /** What a cell should look like, for whoever wrote one that is none. */
  readonly wanted: string
  /** What the numbers of a cell are: real ones about 0, a count, zeros and ones, or a 1 among zeros for a level. */
  readonly numbers: SlotGroup
  readonly fields: z.core.$ZodType<Fields>
  /** The fields of a column, by cells of it, none missing; a text says why it cannot be of this kind. */
  fit(cells: readonly Cell[]): Fields | string
  /** Why a column is of this kind though nobody says so, and undefined where it is not; absent, somebody has to say so. */
  suits?(cells: readonly Cell[], column: string): string | undefined
  /** How many numbers a cell becomes. */
  size(fields: Fields): number
  /** The numbers of a cell that is not missing; undefined where it is no cell of this kind. */
  write(cell: Cell, fields: Fields): readonly number[] | undefined
  /** The cell that numbers stand for, whatever they are: a model makes them. */
  read(numbers: readonly number[], fields: Fields): Cell
  /** The one number that a cell stands for, NaN for none: where it is compared or drawn. Absent, cells are levels. */
  value?(cell: Cell, fields: Fields): number
}

/** Makes a kind of column that can be brought to a training: `kinds: { column: name }`, `--kind column=name`. */
export const defineColumnKind = <const Name extends string, Fields>(
  kind: ColumnKindSpec<Fields> & { readonly name: Name },
): ColumnKindSpec<Fields> & { readonly name: Name } & Part<'column-kind'> => part('column-kind', kind)

/** Numbers of a cell that are as many as they should be, and finite. Error: `parts/column-kind`. */
export function checkedNumbers(
  { name }: { readonly name: string },
  numbers: readonly number[],
  size: number,
): readonly number[] {
  if (numbers.length === size && numbers.every(Number.isFinite)) return numbers
  return fail({
    code: 'parts/column-kind',
    seen: `${JSON.stringify(numbers)} for a cell of the kind "${name}"`,
    wanted: `${size} finite ${size === 1 ? 'number' : 'numbers'}, as its size says`,
    fix: 'correct what its write gives: undefined for a cell that is none',
  })
}
