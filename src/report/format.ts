/** Numbers as people read them. */

const MINUS = '\u2212'
const MISSING = '–'

/** A true minus sign; none where rounding left nothing. */
const signed = (text: string): string =>
  /[1-9]/.test(text) ? text.replace('-', MINUS) : text.replace('-', '')

/** From here on, decimals say nothing that anybody would read. */
const LARGE = 10_000

/** Fixed decimals with a true minus sign and thousands set apart; a dash where there is no number. */
export function fixed(value: number | null | undefined, decimals = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING
  const shown = Math.abs(value) < LARGE ? decimals : 0
  return signed(value.toLocaleString('en-US', { minimumFractionDigits: shown, maximumFractionDigits: shown }))
}

export const wholeNumber = (value: number): string => fixed(value, 0)

/** Up to four significant digits, no trailing zeros. */
export const short = (value: number): string =>
  Number.isFinite(value) ? signed(String(Number(value.toPrecision(4)))) : MISSING

/** A span of time such as `8 s`, `2 min 5 s`, `1 h 12 min`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const rounded = Math.round(seconds)
  if (rounded < 60) return `${rounded} s`
  const minutes = Math.floor(rounded / 60)
  return minutes < 60
    ? `${minutes} min ${rounded % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `1 epoch`, `2 epochs`. */
export const counted = (count: number, noun: string): string =>
  `${wholeNumber(count)} ${noun}${count === 1 ? '' : 's'}`
