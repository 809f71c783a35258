import type { FieldDef } from 'pg'
import type { Cell } from '../../cell.ts'
import { decimalType, type PlainType, type StoredType } from '../../stored-type.ts'

/** Types by their number in every PostgreSQL. */
const PLAIN: Readonly<Record<number, PlainType>> = {
  16: 'boolean',
  20: 'integer',
  21: 'integer',
  23: 'integer',
  700: 'double',
  701: 'double',
  1082: 'date',
  1114: 'timestamp',
  1184: 'instant',
  25: 'text',
  1042: 'text',
  1043: 'text',
}
const NUMERIC = 1700

/** What a column is stored as; a decimal's modifier holds its digits. */
export function typeOfField({ dataTypeID, dataTypeModifier }: FieldDef): StoredType | undefined {
  const plain = PLAIN[dataTypeID]
  if (plain !== undefined) return { kind: plain }
  if (dataTypeID !== NUMERIC || dataTypeModifier < 4) return undefined
  const digits = dataTypeModifier - 4
  return decimalType((digits >> 16) & 0xffff, digits & 0x7ff)
}

/** `2020-01-02 03:04:05.5+00`, as a server in UTC sends it, as others write it. */
const instant = (text: string): string => text.replace(' ', 'T').replace(/\+00$/, 'Z')

/** A value as it was sent: whole numbers that a double does not hold, and decimals, stay text. */
export function postgresCell(text: string | null, type: StoredType | undefined): Cell {
  if (text === null) return null
  switch (type?.kind) {
    case 'boolean':
      return text === 't'
    case 'integer':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text
    case 'double':
      return text === 'NaN' ? null : Number(text)
    case 'instant':
      return instant(text)
    default:
      return text === 'NaN' && type?.kind === 'decimal' ? null : text
  }
}
