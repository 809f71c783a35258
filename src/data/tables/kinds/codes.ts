import type { ColumnSummary, NumberSummary } from '../tally/summary.ts'

/** Names of columns whose numbers name something: postal codes, telephone numbers, accounts, articles. */
const CODE_NAME =
  /(?:^|[^a-z])(?:zip|zipcode|postcode|postal|postal_?code|plz|pin_?code|eircode|code_?postal|phone|telephone|tel|telefon|fax|mobile|iban|isbn|ean|gtin|upc|barcode|sku|imei|ssn|fips|account(?:_?(?:no|nr|number|id))?|konto(?:nummer)?|kontonr)(?:[^a-z]|$)/i

/** Short names of postal codes, which have four or five digits. */
const POSTAL_NAME = /^(?:cap|cp)$/i
const isPostal = (name: string, { low, high }: NumberSummary): boolean =>
  POSTAL_NAME.test(name) && low >= 1000 && high < 100_000

/** Names of columns whose numbers say who or what a row is about, however many rows are about the same. */
const KEY_NAME =
  /^(?:id|uuid|guid)$|[_\s.-]id$|^(?:subj(?:ect)?|patient|participant|respondent|customer|client|person|employee|household|firm)(?:[_\s.-]?(?:no|nr|num|number|id))?$/i
/** PassengerId, userID; not "acid". */
const CAMEL_KEY_NAME = /[a-z]I[dD]$/

/** Up to so many keys are levels. */
export const FEW_KEYS = 20

/** Whether a column by its name says who or what its rows are about. */
export const isKeyName = (name: string): boolean => KEY_NAME.test(name) || CAMEL_KEY_NAME.test(name)

/** Digits of codes that carry a check digit: EAN-8, UPC-A, EAN-13 and ISBN-13. */
const CHECKED = [8, 12, 13]
/** Of fewer numbers the last digit may be right by chance. */
const LEAST_CHECKED = 6

/** Whether the last digit of a number is what GS1 has it be. */
function isChecked(value: number): boolean {
  const digits = String(value)
  if (!CHECKED.includes(digits.length)) return false
  let sum = 0
  for (let at = 0; at < digits.length; at++)
    sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 1 : 3)
  return sum % 10 === 0
}

/** Digits from which on whole numbers of one length are card or account numbers; those of microseconds since 1970 begin with 1. */
const LONG = 15
const MICROSECONDS = [1e15, 2.2e15] as const
/** Letters and digits of one length are codes from so many on, though some have digits alone. */
const LEAST_WIDTH = 6
/** Fewer texts among numbers than this share are slips of a pen. */
const LETTERED = 0.03
const CHECK_LETTER = /^\d{7,12}[xX]$/
const CODE = /^[0-9A-Za-z]+$/

/** Whether all numbers have as many digits, so many that nobody counts with them. */
function areLong({ low, high, count }: NumberSummary): boolean {
  const isTime = low >= MICROSECONDS[0] && high < MICROSECONDS[1]
  return (
    count > 1 &&
    low > 0 &&
    low < high &&
    String(low).length >= LONG &&
    String(low).length === String(high).length &&
    !isTime
  )
}

/** Whether numbers and texts are codes together: as long as each other, and not by a slip of somebody's pen. */
function areMixedCodes({ numbers, texts, codes }: ColumnSummary): boolean {
  const lettered = texts.count - codes
  const words = texts.levels.map(({ level }) => String(level)).filter((word) => !/^\d+$/.test(word))
  const all = [...(numbers.levels ?? []), ...texts.levels].map(({ level }) => String(level))
  const width = all[0]?.length ?? 0
  if (lettered === 0 || words.length === 0 || width < LEAST_WIDTH) return false
  if (!all.every((word) => word.length === width && CODE.test(word))) return false
  return (
    words.every((word) => CHECK_LETTER.test(word)) || lettered >= LETTERED * (numbers.count + texts.count)
  )
}

/** A plus and digits alone, as telephone numbers are written everywhere. */
const PHONE_DIGITS = 8
const arePhones = ({ form, low, whole, count }: NumberSummary): boolean =>
  count > 0 && whole && form?.name === 'decimal' && form.plus === true && String(low).length >= PHONE_DIGITS

/** A code with letters beside its digits, such as 136A or 2205-A. */
const LETTERED_CODE = /^(?=.*\d)(?=.*[A-Za-z])[0-9A-Za-z]+(?:[-_./ ][0-9A-Za-z]+)*$/

/** Whether what is no code of digits is one with letters, or seldom. */
function areOthersCodes({ numbers, texts, codes }: ColumnSummary): boolean {
  const others = texts.count - codes
  if (2 * others <= codes && others < LETTERED * (numbers.count + texts.count)) return true
  const words = texts.levels.map(({ level }) => String(level)).filter((word) => !/^\d+$/.test(word))
  return words.every((word) => LETTERED_CODE.test(word))
}

const startsWithZero = ({ texts }: ColumnSummary): boolean =>
  texts.levels.some(({ level }) => /^0\d/.test(String(level)))

function codesOf(summary: ColumnSummary): string {
  if (startsWithZero(summary)) return 'codes with zeros in front'
  return summary.texts.levels.some(({ level }) => /[eE]/.test(String(level)))
    ? 'codes of one length with an E inside, as numbers with exponents are not written'
    : 'whole numbers too long to count with'
}

/** Why the numbers of a column are codes, of which no sum makes sense; undefined where they are numbers. */
export function codeReason(summary: ColumnSummary): string | undefined {
  const { name, numbers, codes, texts } = summary
  if (arePhones(numbers)) return 'telephone numbers: digits after a plus'
  const areDigits = numbers.count === 0 || (numbers.whole && numbers.low >= 0 && numbers.form === undefined)
  if (!areDigits) return undefined
  if (codes > 0 && texts.count === codes) return codesOf(summary)
  if (areMixedCodes(summary)) return 'codes of one length, some of them with letters'
  if (codes > 0 && areOthersCodes(summary)) return codesOf(summary)
  if (numbers.count === 0 || texts.count > 0) return undefined
  if (areLong(numbers)) return `whole numbers of ${String(numbers.low).length} digits, too long to count with`
  if (CODE_NAME.test(name) || isPostal(name, numbers))
    return `whole numbers that are codes, by the name "${name}"`
  const different = numbers.levels?.length ?? Number.POSITIVE_INFINITY
  if (isKeyName(name) && different <= FEW_KEYS && different < numbers.count)
    return `whole numbers that name who or what a row is about, by the name "${name}"`
  const { sample } = numbers
  if (sample.length >= LEAST_CHECKED && sample[0] !== sample[sample.length - 1] && sample.every(isChecked))
    return 'article numbers: each ends in its check digit'
  return undefined
}
