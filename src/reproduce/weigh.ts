import { fixed } from '../report/format.ts'
import type { Judged, Schedule, Target, Wanted } from './reproduction.ts'

/** A number that came out, beside the one that was published. @inline */
export interface Weighed extends Pick<Target, 'name' | 'wanted' | 'from'> {
  readonly got: number
  readonly hit: boolean
  readonly note?: string
}

/** Holds what members came to against a schedule's targets. */
export const weigh = ({ targets }: Schedule, judged: Judged): Weighed[] =>
  targets.map(({ name, wanted, from, got, note }) => {
    const found = got(judged)
    return {
      name,
      wanted,
      from,
      got: found,
      hit: isWithin(found, wanted),
      ...(note ? { note: note(judged) } : {}),
    }
  })

/** Never true of what is no number. */
export const isWithin = (found: number, wanted: Wanted): boolean =>
  'value' in wanted ? Math.abs(found - wanted.value) <= wanted.tolerance : found >= wanted.atLeast

/** As in `89.9 ± 0.6` and `≥ 0`. */
export const wantedText = (wanted: Wanted): string =>
  'value' in wanted
    ? `${written(wanted.value)} ± ${written(wanted.tolerance)}`
    : `≥ ${written(wanted.atLeast)}`

/** As its author wrote it. */
const written = (value: number): string => String(value).replace('-', '\u2212')

/** A number with a decimal more than its tolerance has, two at least. */
export function gotText(found: number, wanted: Wanted): string {
  const tolerance = 'value' in wanted ? wanted.tolerance : 0.01
  return fixed(found, Math.max(2, 1 - Math.floor(Math.log10(tolerance))))
}
