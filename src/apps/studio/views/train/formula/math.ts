/**
 * Formulas of the library's ledger, such as `β · KL(q(z|x) ‖ p(z))`, as MathML.
 *
 * The ledger writes them in Unicode: `σₖ²` carries its index and power, `x̂` its hat, `λ_z` a name below. They are split
 * into atoms, each with what stands above and below it.
 */

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉ⱼₖᵢ'
const PLAIN = '0123456789jki'
const SUPERSCRIPTS: Readonly<Record<string, string>> = { '²': '2', '³': '3', ˣ: 'x' }
const ACCENTS: Readonly<Record<string, string>> = { '\u0302': '^', '\u0303': '~' }

/** A number or a word or one sign; what is below it; its power. */
const ATOM = new RegExp(
  `(\\d+(?:[.,]\\d+)*(?:e-?\\d+)?|[A-Za-z]+|\\p{L}|\\S)([\\u0302\\u0303])?((?:[${SUBSCRIPTS}]+|_[A-Za-z]+)?)([²³ˣ]?)( *)`,
  'gu',
)

const LETTER = /^\p{L}/u
const NUMBER = /^\d/
/** What is never an operator between two others. */
const INNER = /^[\p{L}\d(),;]/u

/** The content of a `<math>` element. */
export function mathOf(formula: string): string {
  const atoms = [...formula.normalize('NFD').matchAll(ATOM)]
  return atoms
    .map(([, sign, accent, below, power, gap], i) => {
      const following = atoms[i + 1]?.[1] ?? ''
      const isBetween = gap !== '' && (i === 0 || atoms[i - 1][5] !== '')
      const plain = isBetween && !INNER.test(sign) ? between(sign) : atom(sign, following)
      const accented = accent ? `<mover accent="true">${plain}<mo>${ACCENTS[accent]}</mo></mover>` : plain
      const whole = scripted(accented, below && lower(below), power && leaf(SUPERSCRIPTS[power]))
      return whole + (gap && isWord(sign) && /^[\p{L}\d]/u.test(following) ? THIN : '')
    })
    .join('')
}

/** MathML sets nothing between a word and a letter after it. */
const THIN = '<mspace width="0.25em"/>'

const isWord = (sign: string): boolean => sign.length > 1 && LETTER.test(sign)

function atom(sign: string, following: string): string {
  if (NUMBER.test(sign)) return numeral(sign)
  // A normal distribution has a letter of its own.
  if (sign === 'N' && following === '(') return '<mi mathvariant="normal">𝒩</mi>'
  return leaf(sign)
}

function leaf(sign: string): string {
  if (NUMBER.test(sign)) return `<mn>${sign}</mn>`
  if (LETTER.test(sign) && sign !== 'Σ') return `<mi>${sign}</mi>`
  return `<mo${STRETCHY.includes(sign) ? ' stretchy="false"' : ''}>${ESCAPED[sign] ?? SIGNS[sign] ?? sign}</mo>`
}

/** An operator with space about it, though nothing may stand before it. */
const between = (sign: string): string =>
  sign === '‖'
    ? '<mo stretchy="false" form="infix" lspace="0.3em" rspace="0.3em">‖</mo>'
    : leaf(sign).replace('<mo', '<mo form="infix"')

const STRETCHY = '()[]|‖'
const SIGNS: Readonly<Record<string, string>> = { Σ: '∑', '·': '⋅' }
const ESCAPED: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' }

/** 1e-7 as it is written by hand. */
function numeral(text: string): string {
  const [digits, exponent] = text.split('e')
  if (exponent === undefined) return `<mn>${digits}</mn>`
  const power = `<msup><mn>10</mn><mrow>${[...exponent].map((sign) => leaf(sign === '-' ? '−' : sign)).join('')}</mrow></msup>`
  return digits === '1' ? power : `<mn>${digits}</mn><mo>×</mo>${power}`
}

const lower = (below: string): string =>
  below.startsWith('_')
    ? below.length === 2
      ? leaf(below.slice(1))
      : `<mtext>${below.slice(1)}</mtext>`
    : `<mrow>${[...below].map((sign) => leaf(PLAIN[SUBSCRIPTS.indexOf(sign)])).join('')}</mrow>`

function scripted(inner: string, below: string, power: string): string {
  if (below && power) return `<msubsup>${inner}${below}${power}</msubsup>`
  if (below) return `<msub>${inner}${below}</msub>`
  return power ? `<msup>${inner}${power}</msup>` : inner
}
