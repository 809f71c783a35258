/** Numbers and durations as another source than a model's writes them, where they can mean one thing alone. */
import { splitDuration } from './clock.ts'
import { splitSpelled } from './spelled.ts'
import { isCurrency, type NumberText, readBody, splitNumber } from './split-number.ts'

const signed = ({ negative }: NumberText, value: number): number => (negative === 'no' ? value : -value)

/**
 * A number with thousands set apart or a currency; NaN where a point or a comma could be either, and where it has a unit,
 * which may be another than the column's.
 */
export function numberElsewhere(text: string): number {
  const parts = splitNumber(text)
  if (parts === undefined || !(parts.suffix === '' || isCurrency(parts.suffix))) return Number.NaN
  const [point, comma] = [readBody(parts.body, '.')?.value, readBody(parts.body, ',')?.value]
  const isEither = point !== undefined && comma !== undefined && point !== comma
  return isEither ? Number.NaN : signed(parts, point ?? comma ?? Number.NaN)
}

/** Seconds of a duration, however it is written; NaN for two numbers, which may be hours or minutes. */
export function durationElsewhere(text: string): number {
  const clock = splitDuration(text)
  if (clock === undefined) return splitSpelled(text)?.seconds ?? Number.NaN
  return clock.form.parts === 'h:m' && clock.form.days === undefined ? Number.NaN : clock.seconds
}
