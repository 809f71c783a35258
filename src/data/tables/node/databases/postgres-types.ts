import type { FieldDef } from 'pg'
import type { Cell } from '../../cell.ts'
import { decimalType, type StoredType } from '../../stored-type.ts'

/** Types by their number in every PostgreSQL. */
const TYPES: Readonly<Record<number, StoredType>> = {
  16: { kind: 'boolean' },
  20: { kind: 'integer', bits: 64 },
  21: { kind: 'integer', bits: 16 },
  23: { kind: 'integer', bits: 32 },
  700: { kind: 'double', bits: 32 },
  701: { kind: 'double' },
  1082: { kind: 'date' },
  1083: { kind: 'time' },
  1114: { kind: 'timestamp' },
  1184: { kind: 'instant' },
  2950: { kind: 'uuid' },
  114: { kind: 'json' },
  3802: { kind: 'json' },
  25: { kind: 'text' },
  1042: { kind: 'text' },
  1043: { kind: 'text' },
}
const NUMERIC = 1700

/** Types from this number on were made in a database, and are known there alone. */
export const OWN_TYPES = 16_384

function knownType({ dataTypeID, dataTypeModifier }: FieldDef): StoredType | undefined {
  if (dataTypeID !== NUMERIC || dataTypeModifier < 4) return TYPES[dataTypeID]
  const digits = dataTypeModifier - 4
  return decimalType((digits >> 16) & 0xffff, digits & 0x7ff)
}

/** What a column is stored as, and what that is called; a decimal's modifier holds its digits. */
export function typeOfField(field: FieldDef, name: string | null): StoredType | undefined {
  const known = knownType(field)
  if (name === null || field.dataTypeID >= OWN_TYPES) return known
  return { ...(known ?? { kind: 'text' }), named: { by: 'PostgreSQL', name } }
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
