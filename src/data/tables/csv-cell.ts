/** Characters that a cell has only in quotes, besides the separator. */
const SPECIAL = /["\r\n]/

/**
 * A text as a cell of CSV; between quotes where it must be: with a separator of blanks an empty one, too, as is the only
 * cell of a line, which else would be no row.
 */
export function csvCell(text: string, separator = ',', isOnly = false): string {
  const isBlank = separator.trim() === '' && separator !== '\t'
  const isQuoted =
    text === ''
      ? isBlank || isOnly
      : SPECIAL.test(text) || text.includes(separator) || (isBlank && /\s/.test(text))
  return isQuoted ? `"${text.replaceAll('"', '""')}"` : text
}
