import { zipSync } from 'fflate'
import { joinedBytes } from '../../../base/bytes.ts'
import { fail } from '../../../base/errors.ts'
import { unzipped, type ZipMember, zipMembers } from '../../formats/zip.ts'
import { formatCodes } from './excel-formats.ts'
import { type ScannedSheet, scannedSheet, tooLarge } from './excel-sheet.ts'
import { attributeIn, xmlText } from './excel-xml.ts'

/** Bytes of a workbook's texts, unpacked. */
const MOST_BYTES = 2 ** 29

/** One sheet of a workbook. */
export interface Workbook {
  /** The same workbook, unpacked, with this sheet alone and without formats, for the library. */
  readonly bytes: ArrayBuffer
  readonly sheet: ScannedSheet
  /** The code of each style that cells have, by its number. */
  readonly formats: readonly string[]
  /** Whether days are counted from 1904 on. */
  readonly is1904: boolean
}

type Files = Readonly<Record<string, Uint8Array>>

const isRead = ({ name }: ZipMember): boolean => /\.(?:xml|rels)$/.test(name)
const textIn = (files: Files, name: string): string => {
  const file = files[name]
  return file === undefined ? '' : new TextDecoder().decode(file)
}

/** The sheets of a workbook in their order, each with its file. */
function sheetsIn(files: Files): { readonly name: string; readonly path: string; readonly tag: string }[] {
  const targets = new Map(
    [...textIn(files, 'xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)].map(
      ([tag]) => {
        const target = xmlText(attributeIn(tag, 'Target') ?? '').replace(/^\/?(?:xl\/)?/, 'xl/')
        return [attributeIn(tag, 'Id') ?? '', target]
      },
    ),
  )
  return [...textIn(files, 'xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].map(([tag]) => ({
    name: xmlText(attributeIn(tag, 'name') ?? ''),
    path: targets.get(attributeIn(tag, 'id') ?? '') ?? '',
    tag,
  }))
}

/** Error, usage: `excel/sheet`. */
function placeOf(names: readonly string[], sheet: string | number): number {
  const at = typeof sheet === 'number' ? sheet - 1 : names.indexOf(sheet)
  // A sheet may be called 2024.
  const place = typeof sheet === 'number' && names[at] === undefined ? names.indexOf(String(sheet)) : at
  if (names[place] !== undefined) return place
  return fail({
    code: 'excel/sheet',
    seen: `no sheet ${JSON.stringify(sheet)}`,
    wanted: `one of ${names.map((name, at) => `${at + 1} ${JSON.stringify(name)}`).join(', ')}`,
    fix: 'name one of its sheets with --sheet, or leave it out for the first',
    usage: true,
  })
}

const styleless = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'

/**
 * A sheet of a workbook, unpacked and checked: what the library would allocate by is what there is.
 *
 * Errors: `zip/torn`, `excel/too-large`, `excel/sheet`.
 */
export function openWorkbook(
  bytes: Uint8Array,
  wanted: string | number = 1,
): Workbook & { readonly place: number; readonly names: readonly string[] } {
  const members = zipMembers(bytes).filter(isRead)
  const size = members.reduce((sum, member) => sum + member.size, 0)
  if (size > MOST_BYTES) tooLarge(`a workbook of ${size} bytes`)
  const files: Record<string, Uint8Array> = {}
  for (const member of members) files[member.name] = joinedBytes([...unzipped(bytes, member)])
  const sheets = sheetsIn(files)
  const names = sheets.map(({ name }) => name)
  const place = sheets.length === 0 ? 0 : placeOf(names, wanted)
  const path = sheets[place]?.path ?? ''
  const sheet = scannedSheet(textIn(files, path))
  const encode = (text: string) => new TextEncoder().encode(text)
  const others = Object.entries(files).filter(([name]) => !/^xl\/worksheets\/[^/]*\.xml$/.test(name))
  const stylesPath = Object.keys(files).find((name) => /^xl\/styles\d*\.xml$/.test(name))
  const packed = zipSync(
    {
      ...Object.fromEntries(others),
      ...(files[path] && { [path]: encode(sheet.xml) }),
      ...(stylesPath && { [stylesPath]: encode(styleless) }),
    },
    { level: 0 },
  )
  return {
    ...{ place, names, sheet },
    bytes: Uint8Array.from(packed).buffer,
    formats: stylesPath === undefined ? [] : formatCodes(textIn(files, stylesPath)),
    is1904: /<(?:\w+:)?workbookPr\b[^>]*\sdate1904\s*=\s*["'](?:1|true)/.test(
      textIn(files, 'xl/workbook.xml'),
    ),
  }
}
