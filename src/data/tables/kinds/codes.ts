import type { ColumnSummary } from '../tally/summary.ts'

/** Names of columns whose numbers name something: postal codes, telephone numbers, accounts, articles. */
const CODE_NAME =
  /(?:^|[^a-z])(?:zip|zipcode|postcode|postal|postal_?code|plz|cap|cp|code_?postal|phone|telephone|tel|telefon|fax|mobile|iban|isbn|ean|gtin|upc|barcode|sku|imei|ssn|fips|account(?:_?(?:no|nr|number|id))?|konto(?:nummer)?|kontonr)(?:[^a-z]|$)/i

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

const startsWithZero = ({ texts }: ColumnSummary): boolean =>
  texts.levels.some(({ level }) => /^0\d/.test(String(level)))

/** Why the numbers of a column are codes, of which no sum makes sense; undefined where they are numbers. */
export function codeReason(summary: ColumnSummary): string | undefined {
  const { name, numbers, codes, texts } = summary
  const areDigits = numbers.count === 0 || (numbers.whole && numbers.low >= 0 && numbers.form === undefined)
  if (!areDigits) return undefined
  if (codes > 0 && texts.count === codes)
    return startsWithZero(summary) ? 'codes with zeros in front' : 'whole numbers too long to count with'
  if (numbers.count === 0 || texts.count > 0) return undefined
  if (CODE_NAME.test(name)) return `whole numbers that are codes, by the name "${name}"`
  const { sample } = numbers
  if (sample.length >= LEAST_CHECKED && sample[0] !== sample[sample.length - 1] && sample.every(isChecked))
    return 'article numbers: each ends in its check digit'
  return undefined
}
