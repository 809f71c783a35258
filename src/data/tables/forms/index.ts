/** Every way in which numbers are written. To add one: its file, a line in each list here, its reading in `tally/forms.ts`. */
import * as z from 'zod/mini'
import type { Cell } from '../cell.ts'
import { LARGEST, numberOf } from '../number-text.ts'
import { clockSchema, clockWriting } from './clock.ts'
import { decimalSchema, decimalWriting } from './decimal.ts'
import { spelledSchema, spelledWriting } from './spelled.ts'
import type { Writing } from './writing.ts'

export const numberFormSchema = z.discriminatedUnion('name', [decimalSchema, clockSchema, spelledSchema])
/** How the numbers of a column are written. */
export type NumberForm = z.infer<typeof numberFormSchema>

function writingOf(form: NumberForm): Writing {
  if (form.name === 'decimal') return decimalWriting(form)
  return form.name === 'clock' ? clockWriting(form) : spelledWriting(form)
}

/** Reads cells of a column whose numbers are written so; without a form as they are. NaN where a cell is no number. */
export function numberReader(form: NumberForm | undefined): (cell: Cell) => number {
  if (form === undefined) return numberOf
  const { read } = writingOf(form)
  return (cell) => {
    const value = typeof cell === 'string' ? read(cell) : typeof cell === 'number' ? cell : Number.NaN
    return Math.abs(value) <= LARGEST ? value : Number.NaN
  }
}

/** Writes numbers as a column has them; without a form they stay numbers. */
export const numberWriter = (form: NumberForm | undefined): ((value: number) => string | number) =>
  form === undefined ? (value) => value : writingOf(form).write
