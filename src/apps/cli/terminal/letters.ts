import { stripVTControlCharacters } from 'node:util'

/** Marks on other letters, and signs that only join or turn them. */
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/gu
/** Letters that take two columns: those of East Asia, and pictures. */
const TWO_WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
const ELLIPSIS = '…'

/** Columns that a text takes: marks above a letter, as in x̂, take none, letters of East Asia two, colors none. */
export function widthOf(text: string): number {
  let width = 0
  for (const letter of stripVTControlCharacters(text).replace(WITHOUT_WIDTH, ''))
    width += TWO_WIDE.test(letter) ? 2 : 1
  return width
}

export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text
export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** The longest piece of a text, from its front, that takes no more columns. */
function opening(letters: readonly string[], width: number): string {
  let kept = ''
  for (const letter of letters) {
    if (widthOf(kept + letter) > width) break
    kept += letter
  }
  return kept
}

/** A text in no more columns: names differ at both ends, so what goes is in the middle. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
  const ending: string[] = []
  const half = Math.floor((width - 1) / 2)
  for (const letter of letters.toReversed()) {
    if (widthOf(letter + ending.join('')) > half) break
    ending.unshift(letter)
  }
  return `${opening(letters, width - 1 - widthOf(ending.join('')))}${ELLIPSIS}${ending.join('')}`
}

/** Pieces of a text, each of at most so many columns. */
export function pieces(text: string, width: number): string[] {
  const [...letters] = text
  const parts: string[] = []
  for (let at = 0; at < letters.length; ) {
    const part = opening(letters.slice(at), width) || letters[at]
    parts.push(part)
    at += [...part].length
  }
  return parts
}

/** What begins a color. */
const COLOR = '\u001b['

/** What a name or a cell holds must not move a terminal's cursor. */
export const withoutControls = (text: string): string =>
  text.replace(/\p{Cc}(\[[\d;]*m)?/gu, (found) => (found.startsWith(COLOR) ? found : `·${found.slice(1)}`))

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar of up to `width` letters for a share of 1. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8)
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]
}
