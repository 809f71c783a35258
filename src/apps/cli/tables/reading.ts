import { separatorNamed, type TableReading } from '../../../inside.node.ts'
import { type OptionSpec, refuseValue, text, type Values } from '../options.ts'

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

/** How characters are encoded. */
const encoding: OptionSpec<string> = {
  ...text(
    '<name>',
    'text tables: how characters are encoded, such as windows-1251 (default: UTF-8, else windows-1252)',
  ),
  group,
}

/** A sheet of a workbook. */
export const sheet: OptionSpec<string | number> = {
  argument: '<name|n>',
  group,
  description: 'Excel: the sheet, by name or by number from 1 (default: the first)',
  read: (text) => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : text),
}

/** Rows of a database, or of files. */
const query: OptionSpec<string> = {
  ...text('<sql>', 'read what this gives: of a database, or through DuckDB of files'),
  group,
}

/** How a table is read, for every command that does. */
export const reading = { query, separator, header, encoding, sheet }

/** What was said of it. */
export const readingOf = ({
  query,
  separator,
  header,
  encoding,
  sheet,
}: Values<typeof reading>): TableReading => ({
  query,
  separator,
  header,
  encoding,
  sheet,
})
