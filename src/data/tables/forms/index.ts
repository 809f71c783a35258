/** Every way in which numbers are written. To add one: its file, a line in each list here, its reading in `tally/forms.ts`. */
import * as z from 'zod/mini'
import type { Cell } from '../cell.ts'
import { LARGEST, numberOf } from '../number-text.ts'
import { clockSchema, clockWriting } from './clock.ts'
import { decimalSchema, decimalWriting } from './decimal.ts'
import { unmarked } from './marks.ts'
import { spelledSchema, spelledWriting } from './spelled.ts'
import type { Writing } from './writing.ts'

export const numberFormSchema = z.discriminatedUnion('name', [decimalSchema, clockSchema, spelledSchema])
/** How the numbers of a column are written. */
export type NumberForm = z.infer<typeof numberFormSchema>

function writingOf(form: NumberForm): Writing {
  if (form.name === 'decimal') return decimalWriting(form)
  return form.name === 'clock' ? clockWriting(form) : spelledWriting(form)
}

const withinLargest = (value: number): number => (Math.abs(value) <= LARGEST ? value : Number.NaN)

/** Reads cells of a column whose numbers are written so; without a form as they are. NaN where a cell is no number. */
export function numberReader(form: NumberForm | undefined): (cell: Cell) => number {
  const read = form === undefined ? numberOf : writingOf(form).read
  return (cell) => {
    if (typeof cell !== 'string') return typeof cell === 'number' ? withinLargest(cell) : Number.NaN
    const value = withinLargest(read(cell))
    const bare = Number.isNaN(value) ? unmarked(cell) : undefined
    return bare === undefined ? value : withinLargest(read(bare))
  }
}

/** Writes numbers as a column has them; without a form they stay numbers. */
export const numberWriter = (form: NumberForm | undefined): ((value: number) => string | number) =>
  form === undefined ? (value) => value : writingOf(form).write
