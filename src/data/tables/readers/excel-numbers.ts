/** Numbers as a spreadsheet shows them, by the code of their format. */

/** Writes a number; undefined where the format shows less of it than there is. */
export type WriteNumber = (value: number) => string | undefined

/** A part of a format: a place for digits, or what stands as it is. */
interface Piece {
  readonly text: string
  readonly isPlace: boolean
}

/** What a section of a format does with a number. */
interface Section {
  readonly pieces: readonly Piece[]
  /** Of a hundred, or of a thousand: 100 for each %. */
  readonly scale: number
}

const TOKEN = /"([^"]*)"|\\(.)|[_*](?:.|$)|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|([0#?.,]+)|(.)/gsu
const UNREAD = /\[[<>=]|[eE][+-]|General|@/i
const DIGITS = 15

/** The sections of a format's code, by sign. */
const sectionsOf = (code: string): string[] =>
  code.match(/(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;)/gs) ?? []

function sectionOf(code: string): Section | undefined {
  if (UNREAD.test(code.replace(/"[^"]*"/g, ''))) return undefined
  const pieces: Piece[] = []
  let scale = 1
  for (const [, quoted, escaped, currency, places, other] of code.matchAll(TOKEN)) {
    if (other === '%') scale *= 100
    const text = quoted ?? escaped ?? currency ?? places ?? other
    if (text !== undefined) pieces.push({ text, isPlace: places !== undefined })
  }
  // A comma behind all places divides by a thousand, and a fraction has a bar between them: of both too little is shown.
  const shown = pieces.filter(({ isPlace }) => isPlace).map(({ text }) => text)
  const isOdd = !/[^,]$/.test(shown.at(-1) ?? '') || pieces.some(({ text }) => text === '/')
  return isOdd ? undefined : { pieces, scale }
}

/** Digits before and behind the point: as many as the number has, and at least as many as the format wants. */
function digitsOf(value: number, least: number): readonly [string, string] | undefined {
  const text = String(Number(value.toPrecision(DIGITS)))
  if (text.includes('e')) return undefined
  const [whole, fraction = ''] = text.split('.')
  return [whole, fraction.padEnd(least, '0')]
}

const count = (text: string, character: string): number => text.split(character).length - 1

/** Fills places with digits from the right, as 000-00-0000 has it; those left over go to the first. */
function filled(pieces: readonly Piece[], digits: string): string {
  let left = digits
  const last = pieces.findIndex(({ isPlace }) => isPlace)
  const parts = pieces.map(({ text, isPlace }) => (isPlace ? text : undefined))
  const written = pieces.map(({ text }) => text)
  for (let at = pieces.length - 1; at >= 0; at--) {
    const places = parts[at]
    if (places === undefined) continue
    const take = at === last ? left.length : Math.min(left.length, places.length)
    const own = left.slice(left.length - take)
    left = left.slice(0, left.length - take)
    written[at] = own.padStart(count(places, '0'), '0')
  }
  return written.join('')
}

const grouped = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, ',')

function writeIn({ pieces, scale }: Section, value: number): string | undefined {
  const shown = pieces.filter(({ isPlace }) => isPlace)
  const places = shown.map(({ text }) => text).join('')
  const [before, behind = ''] = places.split('.')
  const digits = digitsOf(value * scale, count(behind, '0'))
  if (digits === undefined) return undefined
  const [whole, fraction] = digits
  if (shown.length > 1) return fraction === '' && !places.includes('.') ? filled(pieces, whole) : undefined
  const padded = whole.padStart(count(before, '0'), '0')
  const number = `${before.includes(',') ? grouped(padded) : padded}${fraction === '' ? '' : `.${fraction}`}`
  return pieces
    .map(({ text, isPlace }) => (isPlace ? number : text))
    .join('')
    .trim()
}

const isSigned = ({ pieces }: Section): boolean =>
  pieces.some(({ text, isPlace }) => !isPlace && /[-(\u2212]/.test(text))

/** Whether a section shows a digit of nothing at all: accountants have a dash. */
const hasDigits = ({ pieces }: Section): boolean =>
  pieces.some(({ text, isPlace }) => isPlace && /[0#]/.test(text))

/** How numbers of a format are written; undefined where they are no text, as those of `General` and `0` are. */
export function numberFormat(code: string): WriteNumber | undefined {
  const sections = sectionsOf(code).map(sectionOf)
  const [usual, below, none] = sections
  const isPlain = /^[#0]$/.test(code)
  if (usual === undefined || isPlain) return undefined
  return (value) => {
    if (value === 0) return writeIn(none && hasDigits(none) ? none : usual, 0)
    if (value > 0) return writeIn(usual, value)
    const own = below && writeIn(below, -value)
    const text = own ?? writeIn(usual, -value)
    return text === undefined || (own !== undefined && below && isSigned(below)) ? text : `-${text}`
  }
}
