import { fail } from '../../base/errors.ts'
import { isGzip } from '../formats/gzip.ts'
import { isZip, type ZipMember, zipMembers } from '../formats/zip.ts'

/** How a file is packed, where that is undone on the way. */
export type Packing = 'gzip' | 'zstd' | 'zip'

/** First bytes that tell a packing. */
export const PACKING_BYTES = 4

const begins = (bytes: Uint8Array, ...opening: number[]): boolean =>
  opening.every((byte, at) => bytes[at] === byte)

const refusePacked = (name: string, unpack: string): never =>
  fail({
    code: 'table/packed',
    seen: `a file packed by ${name}`,
    wanted: 'a plain file, or one packed by gzip, Zstandard or zip',
    fix: `unpack it first: ${unpack}`,
    usage: true,
  })

/** What a file is packed by, by its first bytes; undefined for a plain one. Errors: `table/packed`, `table/xls`. */
export function packingOf(opening: Uint8Array): Packing | undefined {
  if (isGzip(opening)) return 'gzip'
  if (begins(opening, 0x28, 0xb5, 0x2f, 0xfd)) return 'zstd'
  if (isZip(opening)) return 'zip'
  if (begins(opening, 0x42, 0x5a, 0x68)) refusePacked('bzip2', 'bzip2 -d <file>')
  if (begins(opening, 0xfd, 0x37, 0x7a, 0x58)) refusePacked('xz', 'xz -d <file>')
  if (begins(opening, 0x37, 0x7a, 0xbc, 0xaf)) refusePacked('7-Zip', '7z x <file>')
  if (begins(opening, 0xd0, 0xcf, 0x11, 0xe0))
    fail({
      code: 'table/xls',
      seen: 'a workbook of Excel before 2007 (.xls)',
      wanted: '.xlsx, which is a format of its own, or .csv',
      fix: 'open it in a spreadsheet and save it as .xlsx or .csv; libreoffice --convert-to xlsx <file> does so, too',
      usage: true,
    })
  return undefined
}

/** Where this machine does not undo Zstandard. */
export const refuseZstd = (): never =>
  refusePacked('Zstandard, which is undone by Node.js from 22.15 on', 'zstd -d <file>')

/** The table in an archive; undefined where the archive itself is one, of Excel. Errors: `zip/torn`, `zip/members`. */
export function tableMember(bytes: Uint8Array): ZipMember | undefined {
  const members = zipMembers(bytes)
  const names = members.map(({ name }) => name)
  if (names.some((name) => name.startsWith('xl/'))) return undefined
  if (names.includes('mimetype') && names.includes('content.xml'))
    fail({
      code: 'table/ods',
      seen: 'an OpenDocument file',
      wanted: 'an .xlsx file or a .csv file',
      fix: 'save it as .xlsx or .csv in LibreOffice',
      usage: true,
    })
  if (members.length !== 1)
    fail({
      code: 'zip/members',
      seen: `${members.length} files in an archive${members.length === 0 ? '' : `: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`}`,
      wanted: 'one table in it',
      fix: 'unpack it and name one of its files, or the folder where all are tables of the same columns',
      usage: true,
    })
  return members[0]
}
