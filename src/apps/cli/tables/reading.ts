import { separatorNamed, type TableReading } from '../../../inside.node.ts'
import { type OptionSpec, refuseValue, type Values } from '../options.ts'

const group = 'Reading'

/** What stands between cells. */
export const separator: OptionSpec<string> = {
  argument: '<character>',
  group,
  description:
    'text tables: what stands between cells, such as ";", tab or blanks (default: that by which all lines have as many cells)',
  read: (text, flag) =>
    separatorNamed(text) ?? refuseValue(flag, text, 'one character, tab or blanks', "';'"),
}

/** Whether the first line names the columns; undefined to find out. */
export const header: OptionSpec<boolean | undefined> = {
  argument: '<yes|no|auto>',
  group,
  description: 'text tables and sheets: whether the first line names the columns (default: auto)',
  read(text, flag) {
    if (text === 'auto') return undefined
    if (text === 'yes' || text === 'no') return text === 'yes'
    return refuseValue(flag, text, 'yes, no or auto', 'yes')
  },
}

/** A sheet of a workbook. */
export const sheet: OptionSpec<string | number> = {
  argument: '<name|n>',
  group,
  description: 'Excel: the sheet, by name or by number from 1 (default: the first)',
  read: (text) => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : text),
}

/** How a table is written, for every command that reads one. */
export const reading = { separator, header, sheet }

/** What was said of it. */
export const readingOf = ({ separator, header, sheet }: Values<typeof reading>): TableReading => ({
  separator,
  header,
  sheet,
})
