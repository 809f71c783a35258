/** A text that is a number but for what stands around it. */
export interface NumberText {
  readonly negative: 'no' | 'minus' | 'parentheses' | 'trailing'
  /** The sign as it is written, `-`, `−` or `+`; empty without one. */
  readonly sign: string
  /** Whether the sign stands behind the prefix. */
  readonly isInside: boolean
  readonly prefix: string
  /** From the first digit to the last. */
  readonly body: string
  readonly suffix: string
}

const LONGEST = 40
const CURRENCIES = new Set(
  (
    '$ € £ ¥ ₹ ₽ ₩ ₪ ₺ ₴ ฿ ₫ ₦ ₱ ₡ ₿ ¢ us$ u$s a$ au$ c$ ca$ nz$ hk$ s$ nt$ mx$ r$ rs rs. kr kr. fr fr. sfr sfr. zł kč ft lei лв руб руб. р. ' +
    'usd eur gbp jpy cny rmb chf aud cad nzd sek nok dkk isk pln czk huf ron bgn rub inr krw brl mxn zar try ils sgd hkd twd thb idr myr php vnd aed sar btc eth'
  ).split(' '),
)
/** Letters, signs and blanks, but nothing that numbers, times or names of files have. */
const SUFFIX =
  /^[ \u00a0\u202f]?[\p{L}\p{Sc}%‰°µμ²³/·^.]{1,12}(?:[ \u00a0\u202f/][\p{L}\p{Sc}%°µμ²³/·^.]{1,12})?$/u
const POWERS = /(?<=[a-zA-Z])[23]$/
const BLANKS = /[ \u00a0\u202f\u2009]+$|^[ \u00a0\u202f\u2009]+/g

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isSign = (text: string): boolean => text === '-' || text === '\u2212' || text === '+'

/** Whether what stands before a number is a currency. */
export const isCurrency = (prefix: string): boolean =>
  CURRENCIES.has(prefix.replace(BLANKS, '').toLowerCase())

interface Head {
  readonly sign: string
  readonly isInside: boolean
  readonly prefix: string
}

/** Sign and prefix; undefined where what stands there is neither. */
function headOf(text: string): Head | undefined {
  if (text === '') return { sign: '', isInside: false, prefix: '' }
  const first = text.charAt(0)
  if (isSign(first)) {
    const prefix = text.slice(1)
    return prefix.trim() === '' || isCurrency(prefix) ? { sign: first, isInside: false, prefix } : undefined
  }
  const last = text.charAt(text.length - 1)
  const prefix = isSign(last) ? text.slice(0, -1) : text
  if (!isCurrency(prefix)) return undefined
  return { sign: isSign(last) ? last : '', isInside: isSign(last), prefix }
}

/** The places of the first and the last digit that belong to the number; a power of a unit, as in m2, does not. */
function digitsIn(text: string): [number, number] {
  let from = 0
  while (from < text.length && !isDigit(text.charCodeAt(from))) from++
  let to = POWERS.test(text) ? text.length - 1 : text.length
  while (to > from && !isDigit(text.charCodeAt(to - 1))) to--
  return [from, to]
}

/** $(12.00), and $ - for nothing, as accountants have it. */
const LEDGER = /^([^\d(]{1,5}?)(\s*)(?:\((.*)\)|[-\u2013])$/

/** A text of an account: a currency, and behind it parentheses or a dash. */
function splitLedger(text: string): NumberText | undefined {
  const [, currency, blanks = '', inside] = LEDGER.exec(text) ?? []
  if (currency === undefined || !isCurrency(currency)) return undefined
  const prefix = currency + blanks
  if (inside === undefined)
    return { sign: '', isInside: false, negative: 'no', prefix, body: '0', suffix: '' }
  const own = splitNumber(inside)
  return own?.negative === 'no' && own.prefix === '' && own.sign === ''
    ? { ...own, isInside: true, negative: 'parentheses', prefix }
    : undefined
}

/** Takes a text apart that may be a number with a currency, a unit, a sign or parentheses around it. */
export function splitNumber(text: string): NumberText | undefined {
  if (text.length > LONGEST) return undefined
  const trimmed = text.trim()
  const last = trimmed.charCodeAt(trimmed.length - 1)
  if (
    (last === 41 || last === 45 || last === 0x2013) &&
    !(trimmed.startsWith('(') || isDigit(trimmed.charCodeAt(0)))
  ) {
    const ledger = splitLedger(trimmed)
    if (ledger !== undefined) return ledger
  }
  const isWrapped = trimmed.startsWith('(') && trimmed.endsWith(')')
  const isTrailing = trimmed.endsWith('-')
  const inner = trimmed.slice(isWrapped ? 1 : 0, isWrapped || isTrailing ? -1 : undefined)
  const [first, to] = digitsIn(inner)
  if (first >= to) return undefined
  const before = inner.charAt(first - 1)
  const from = before === '.' || before === ',' ? first - 1 : first
  const suffix = inner.slice(to)
  if (suffix !== '' && !SUFFIX.test(suffix.replace(POWERS, ''))) return undefined
  const head = headOf(inner.slice(0, from))
  if (head === undefined || (head.sign !== '' && (isWrapped || isTrailing))) return undefined
  const isMinus = head.sign === '-' || head.sign === '\u2212'
  return {
    ...head,
    negative: isWrapped ? 'parentheses' : isTrailing ? 'trailing' : isMinus ? 'minus' : 'no',
    body: inner.slice(from, to),
    suffix,
  }
}

/** Digits of a number as they are written in one reading of point and comma. */
export interface NumberBody {
  readonly value: number
  /** What stands between groups of three digits; empty where nothing does. */
  readonly group: string
  /** Whether the groups before the last are of two digits, as in 12,34,567. */
  readonly hasLakhs: boolean
  /** Digits before the point, without groups. */
  readonly digits: number
  readonly decimals: number
}

const BLANK_GROUPS = " \u00a0\u202f\u2009'\u2019"
const DIGITS = /^\d*$/

/** Reads digits with this sign before the decimals; undefined where they are not written so. */
export function readBody(body: string, point: '.' | ','): NumberBody | undefined {
  const at = body.lastIndexOf(point)
  if (at >= 0 && body.indexOf(point) !== at) return undefined
  const whole = at < 0 ? body : body.slice(0, at)
  const fraction = at < 0 ? '' : body.slice(at + 1)
  if (!DIGITS.test(fraction)) return undefined
  const group = whole.match(/\D/)?.[0] ?? ''
  const parts = group === '' ? undefined : partsOf(whole, group, point)
  const hasLakhs = parts !== undefined && areLakhs(parts)
  if (group !== '' && (parts === undefined || !(hasLakhs || areThousands(parts)))) return undefined
  const plain = parts?.join('') ?? whole
  if (plain.length + fraction.length === 0) return undefined
  return {
    value: Number(`${plain || '0'}.${fraction || '0'}`),
    group,
    hasLakhs,
    digits: plain.length,
    decimals: fraction.length,
  }
}

/** Groups of digits, where what stands between them may do so. */
const partsOf = (whole: string, group: string, point: string): readonly string[] | undefined =>
  group === (point === '.' ? ',' : '.') || BLANK_GROUPS.includes(group) ? whole.split(group) : undefined

const areThousands = ([first, ...rest]: readonly string[]): boolean =>
  /^[1-9]\d{0,2}$/.test(first) && rest.every((part) => /^\d{3}$/.test(part))

/** Whether groups are written as in India: three digits last, two in each before them. */
const areLakhs = ([first, ...rest]: readonly string[]): boolean =>
  rest.length > 1 &&
  /^[1-9]\d?$/.test(first) &&
  rest.every((part, at) => (at < rest.length - 1 ? /^\d{2}$/ : /^\d{3}$/).test(part))
