/** Every way in which numbers are written. To add one: its file, a line in each list here, its reading in `tally/forms.ts`. */
import * as z from 'zod/mini'
import type { Cell } from '../cell.ts'
import { LARGEST, numberOf } from '../number-text.ts'
import { clockSchema, clockWriting } from './clock.ts'
import { decimalSchema, decimalWriting } from './decimal.ts'
import { durationElsewhere, numberElsewhere } from './elsewhere.ts'
import { unmarked } from './marks.ts'
import { scaledSchema, scaledWriting } from './scaled.ts'
import { spelledSchema, spelledWriting } from './spelled.ts'
import type { Writing } from './writing.ts'

export const numberFormSchema = z.discriminatedUnion('name', [
  decimalSchema,
  clockSchema,
  spelledSchema,
  scaledSchema,
])
/** How the numbers of a column are written. */
export type NumberForm = z.infer<typeof numberFormSchema>

function writingOf(form: NumberForm): Writing {
  if (form.name === 'decimal') return decimalWriting(form)
  if (form.name === 'scaled') return scaledWriting(form)
  return form.name === 'clock' ? clockWriting(form) : spelledWriting(form)
}

const withinLargest = (value: number): number => (Math.abs(value) <= LARGEST ? value : Number.NaN)

/** Whether numbers written so are seconds. */
export const isDuration = (form: NumberForm | undefined): boolean =>
  form?.name === 'clock' || form?.name === 'spelled'

/** What else a text may be, for a column whose numbers are written so. */
function elsewhere({ form, areSeconds }: Numbered): ((text: string) => number) | undefined {
  if (areSeconds || isDuration(form)) return durationElsewhere
  if (form?.name === 'scaled') return undefined
  const { prefix = '', suffix = '', point = '.' } = form?.name === 'decimal' ? form : {}
  return prefix + suffix === '' && point === '.' ? numberElsewhere : undefined
}

/** What a reader knows of a column of numbers. */
interface Numbered {
  readonly form?: NumberForm | undefined
  /** Whether they are seconds, by the type that they had. */
  readonly areSeconds?: boolean | undefined
  /** How many of its cells are no numbers. */
  readonly odd?: number | undefined
}

/** Reads cells of a column whose numbers are written so; without a form as they are. NaN where a cell is no number. */
export const numberReader = (form: NumberForm | undefined): ((cell: Cell) => number) =>
  textReader(form === undefined ? numberOf : writingOf(form).read)

function textReader(read: (text: string) => number): (cell: Cell) => number {
  return (cell) => {
    if (typeof cell !== 'string') return typeof cell === 'number' ? withinLargest(cell) : Number.NaN
    const value = withinLargest(read(cell))
    const bare = Number.isNaN(value) ? unmarked(cell) : undefined
    return bare === undefined ? value : withinLargest(read(bare))
  }
}

/**
 * The same for a column of a model, which reads numbers as other sources write them, too; where training met odd cells,
 * they stay odd.
 */
export function columnReader(column: Numbered): (cell: Cell) => number {
  const { form, odd = 0 } = column
  const read = form === undefined ? numberOf : writingOf(form).read
  const other = odd > 0 ? undefined : elsewhere(column)
  if (other === undefined) return textReader(read)
  return textReader((text) => {
    const value = read(text)
    return Number.isNaN(value) ? other(text) : value
  })
}

/** Writes numbers as a column has them; without a form they stay numbers. */
export const numberWriter = (form: NumberForm | undefined): ((value: number) => string | number) =>
  form === undefined ? (value) => value : writingOf(form).write
