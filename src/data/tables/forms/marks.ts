/** What people put beside a number that is not part of it: footnotes, stars, "about". */

const ABOUT = /^(?:[~\u2248\u223c]|ca\.?\s|c\.\s|approx\.?\s)\s*/i
const NOTE =
  /\s?(?:\*{1,4}|[\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}|\[(?:note )?\w{1,3}\]|\((?:[a-e]|\d)\))$/
/** Flags of statistical offices, such as `12.5 p` for what is provisional. */
const FLAG = /\s[bepruz]{1,2}$/
const LONGEST = 40
/** Last characters of notes. */
const LAST = 'bepruz*\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079])'
const FIRST = '~\u2248\u223ccCaA'

/** A text without the marks beside its number, 6.77 of `6.77*`, `3.0[1]` or `~5`; undefined where it has none. */
export function unmarked(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const trimmed = text.trim()
  const last = trimmed.charAt(trimmed.length - 1)
  if (last === '' || !(LAST.includes(last) || FIRST.includes(trimmed.charAt(0)))) return undefined
  if (!/\d/.test(trimmed)) return undefined
  const bare = trimmed.replace(ABOUT, '').replace(NOTE, '').replace(FLAG, '')
  return bare !== trimmed && !(trimmed.startsWith('(') && trimmed.endsWith(')')) ? bare : undefined
}

/** Whether a text is a bound in place of a number that could not be measured, such as `<0.01`. */
export const isBound = (text: string): boolean =>
  /^\s*(?:[<>\u2264\u2265]=?|&[lg]t;)\s*[-+]?[\d.,]*\d\D{0,12}$/.test(text)
