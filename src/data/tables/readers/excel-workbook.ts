import { zipSync } from 'fflate'
import { joinedBytes } from '../../../base/bytes.ts'
import { fail } from '../../../base/errors.ts'
import { unzipped, type ZipMember, zipMembers } from '../../formats/zip.ts'

/** Bytes of a workbook's texts, unpacked. */
const MOST_BYTES = 2 ** 29
/** Cells of a sheet, empty ones among them. */
const MOST_CELLS = 2 ** 25
const MOST_ROWS = 2 ** 20

/** Rows and cells with what is said of them. */
const TAG = /<(?:\w+:)?(?:row|c)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/g
const PLACE = /(?:^|\s)r\s*=\s*(?:"([^"]*)"|'([^']*)')/
const ADDRESS = /^([A-Z]{0,3})(\d{1,7})$/

const tooLarge = (seen: string): never =>
  fail({
    code: 'excel/too-large',
    seen,
    wanted: `at most ${MOST_BYTES} bytes of texts, and ${MOST_CELLS} cells in a sheet`,
    fix: 'save the sheet as CSV, which is read row by row',
  })

const columnOf = (letters: string): number =>
  Array.from(letters).reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0)

/** The library fills up all rows and cells to the last one: a wrong place would fill memory. */
function checkSheet(xml: string): void {
  let rows = 1
  let columns = 1
  for (const [, attributes] of xml.matchAll(TAG)) {
    const [found, inDouble, inSingle] = PLACE.exec(attributes) ?? []
    if (found === undefined) continue
    const place = inDouble ?? inSingle
    const [, letters, digits] = ADDRESS.exec(place) ?? tooLarge(`a cell at ${place.slice(0, 40)}`)
    rows = Math.max(rows, Number(digits))
    columns = Math.max(columns, columnOf(letters))
  }
  if (rows > MOST_ROWS || rows * columns > MOST_CELLS) tooLarge(`a sheet of ${rows} × ${columns} cells`)
}

const isSheet = (name: string): boolean => /^xl\/worksheets\/[^/]*\.xml$/.test(name)
const isRead = ({ name }: ZipMember): boolean => /\.(?:xml|rels)$/.test(name)

/**
 * The same workbook, unpacked and checked: what the library would allocate by is what there is.
 *
 * Errors: `zip/torn`, `excel/too-large`.
 */
export function checkedWorkbook(bytes: Uint8Array): ArrayBuffer {
  const members = zipMembers(bytes).filter(isRead)
  const size = members.reduce((sum, member) => sum + member.size, 0)
  if (size > MOST_BYTES) tooLarge(`a workbook of ${size} bytes`)
  const files: Record<string, Uint8Array> = {}
  for (const member of members) {
    const file = joinedBytes([...unzipped(bytes, member)])
    if (isSheet(member.name)) checkSheet(new TextDecoder().decode(file))
    files[member.name] = file
  }
  return Uint8Array.from(zipSync(files, { level: 0 })).buffer
}
