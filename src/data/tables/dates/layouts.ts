/**
 * The ways in which dates are laid out, in a small language: `Y` a year of four digits, `y` of two, `M` and `D` month and
 * day, `A` and `B` day and month in an order that the column must tell, `N` a month's name, `E` a weekday's, `W` an ISO
 * week, `d` its day, `Q` a quarter, `t` a time of day, `n` nanoseconds since 1970; all else is itself.
 */
const WITH_TIME = [
  ...'Y-M-D Y/M/D Y.M.D A/B/Y A.B.Y A-B-Y A/B/y A.B.y A-B-y YMD'.split(' '),
  ...'D-N-Y D/N/Y D-N-y D.N.Y N-D-Y Y-N-D'.split(' '),
  'A. B. Y',
  'Y年M月D日',
  'Y년 M월 D일',
  'D N Y',
  'D N y',
  'D N, Y',
  'D. N Y',
  'D de N de Y',
  'D de N del Y',
  'N D, Y',
  'N D Y',
  'E, D N Y',
  'E D N Y',
  'E, D. N Y',
  'E D. N Y',
  'E, N D, Y',
  'E N D Y',
  'E, D de N de Y',
]
const WITHOUT_TIME = [
  ...'Y-M Y/M M/Y M-Y M.Y N-y N-Y Y-N Y-[W]W Y[W]W Y-[W]W-d Y[W]Wd Y-[Q]Q Y[Q]Q [Q]Q/Y [Q]Q-Y t'.split(' '),
  'Y年M月',
  'N Y',
  'N. Y',
  'N de Y',
  'Y [Q]Q',
  '[Q]Q Y',
  'E N D t Y',
  'n',
]

/** What a letter of the language matches. */
const PIECES: Readonly<Record<string, string>> = {
  Y: String.raw`(\d{4})`,
  y: String.raw`(\d{2})`,
  M: String.raw`(\d{1,2})`,
  D: String.raw`(\d{1,2})`,
  A: String.raw`(\d{1,2})`,
  B: String.raw`(\d{1,2})`,
  N: String.raw`(\p{L}{3,10}\.?)`,
  E: String.raw`(\p{L}{2,10}\.?)`,
  W: String.raw`(\d\d)`,
  d: '([1-7])',
  Q: '([1-4])',
  // From 2001 to 2033, and no finer than microseconds: what ends otherwise is an identifier.
  n: String.raw`(1\d{15}000)`,
  t: String.raw`(\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\.?)?)`,
}
const JOINT = String.raw`(?:(T|, | at |[ :]) *(\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\.?)?))?`
const COMPACT = String.raw`(?:(T)(\d{4}(?:\d\d)?))?`
const ZONE = String.raw`( ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?`

/** A piece of a layout: a letter of the language, or a literal text. */
export interface Piece {
  readonly letter?: string
  readonly literal?: string
}

/** A way to lay out dates: its pieces, and what texts it matches; groups are its letters, joint, time and zone. */
export interface Layout {
  readonly pieces: readonly Piece[]
  readonly regex: RegExp
  /** Whether a time and a zone may follow. */
  readonly isOpen: boolean
  /** Whether the column must tell what is day and what is month. */
  readonly isAmbiguous: boolean
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ /g, ' +')

function piecesOf(template: string): Piece[] {
  return [...template.matchAll(/\[([^\]]*)\]|(de[l]?)(?= )|([YyMDABNEWdQtn])|([^[])/g)].map(
    ([, quoted, word, letter, other]) => (letter ? { letter } : { literal: quoted ?? word ?? other }),
  )
}

function layoutOf(template: string, isOpen: boolean): Layout {
  const pieces = piecesOf(template)
  const sourceOf = ({ letter, literal = '' }: Piece) => (letter ? PIECES[letter] : escaped(literal))
  const own = template === 'YMD' ? String.raw`(\d{4})(\d\d)(\d\d)` : pieces.map(sourceOf).join('')
  const tail = template === 'YMD' ? COMPACT + ZONE : isOpen ? JOINT + ZONE : ''
  return {
    pieces,
    regex: new RegExp(`^${own}${tail}$`, 'u'),
    isOpen,
    isAmbiguous: template.includes('A'),
  }
}

/** Every layout, in the order in which they are tried. To add one: its template, above. */
export const layouts: readonly Layout[] = [
  ...WITH_TIME.map((template) => layoutOf(template, true)),
  ...WITHOUT_TIME.map((template) => layoutOf(template, false)),
]
