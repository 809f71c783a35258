import { fail } from '../../base/errors.ts'
import { refuseForeign } from './foreign.ts'
import { readers } from './readers/index.ts'
import type { TableReader } from './readers/reader.ts'

/** Bytes from the front of a file that tell its format. */
export const TELLING = 64

/** Whether a file's name, in small letters, is that of a table. */
export const hasTableEnding = (name: string): boolean =>
  readers.some(({ endings }) => endings.some((ending) => name.endsWith(`.${ending}`)))

/** The reader of a format, by its name where one is given, else by the file's name or first bytes. Errors: `table/format`, `table/foreign`. */
export function readerOf(file: string, opening: Uint8Array, format?: string): TableReader {
  const lower = file.toLowerCase()
  if (format !== undefined) return readers.find(({ name }) => name === format) ?? refuseFormat(format)
  refuseForeign(opening)
  return (
    readers.find(({ endings }) => endings.some((ending) => lower.endsWith(`.${ending}`))) ??
    readers.find(({ matches }) => matches(opening)) ??
    refuseFormat()
  )
}

function refuseFormat(given?: string): never {
  return fail({
    code: 'table/format',
    seen: given === undefined ? 'a file of no format known here' : `unknown format "${given}"`,
    wanted: `one of ${readers.map(({ name, endings }) => `${name} (.${endings.join(', .')})`).join('; ')}`,
    fix: 'save the table in one of these formats, packed by gzip or not',
    usage: true,
  })
}
