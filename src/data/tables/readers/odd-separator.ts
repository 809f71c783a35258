import { fail } from '../../../base/errors.ts'

/** Separators that are not looked for, and would leave all of a line in one column. */
const ODD = ['^', '~', '\u0001', '\u001f']

const widthBy = (separator: string, [cell]: readonly string[]): number => cell.trim().split(separator).length

/** Error: `csv/separator` where each line of a table of one column falls into as many cells by another separator. */
export function checkSeparator(lines: readonly (readonly string[])[]): void {
  const odd = ODD.find((separator) => {
    const width = widthBy(separator, lines[0])
    return width > 2 && lines.every((line) => widthBy(separator, line) === width)
  })
  if (odd !== undefined)
    fail({
      code: 'csv/separator',
      seen: `lines of one cell that look separated by ${JSON.stringify(odd)}`,
      wanted: 'a comma, a semicolon, a tab, a bar or blanks between cells',
      fix: `name the separator: --separator '${odd}'`,
    })
}
