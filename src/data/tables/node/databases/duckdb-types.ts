import type { DuckDBTimestampTZValue, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type { Cell } from '../../cell.ts'
import { cellOf } from '../../cell-of.ts'
import { shortFloat } from '../../short-float.ts'
import { decimalType, type StoredType } from '../../stored-type.ts'

const TYPES: Readonly<Record<string, StoredType>> = {
  BOOLEAN: { kind: 'boolean' },
  TINYINT: { kind: 'integer', bits: 8 },
  SMALLINT: { kind: 'integer', bits: 16 },
  INTEGER: { kind: 'integer', bits: 32 },
  BIGINT: { kind: 'integer', bits: 64 },
  HUGEINT: decimalType(39, 0),
  UHUGEINT: decimalType(39, 0),
  UTINYINT: { kind: 'integer', bits: 8, isUnsigned: true },
  USMALLINT: { kind: 'integer', bits: 16, isUnsigned: true },
  UINTEGER: { kind: 'integer', bits: 32, isUnsigned: true },
  UBIGINT: { kind: 'integer', bits: 64, isUnsigned: true },
  FLOAT: { kind: 'double', bits: 32 },
  DOUBLE: { kind: 'double' },
  DATE: { kind: 'date' },
  TIME: { kind: 'time' },
  TIMESTAMP: { kind: 'timestamp' },
  TIMESTAMP_S: { kind: 'timestamp', decimals: 0 },
  TIMESTAMP_MS: { kind: 'timestamp', decimals: 3 },
  TIMESTAMP_NS: { kind: 'timestamp', decimals: 9 },
  'TIMESTAMP WITH TIME ZONE': { kind: 'instant' },
  UUID: { kind: 'uuid' },
  VARCHAR: { kind: 'text' },
  JSON: { kind: 'json' },
}

/** What a column is stored as; of what is not known here the text is read back as what it is by DuckDB alone. */
export function typeOfColumn(type: DuckDBType): StoredType {
  const name = type.alias === 'JSON' ? 'JSON' : `${type}`
  const [, precision, scale] = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(name) ?? []
  const known = precision === undefined ? TYPES[name] : decimalType(Number(precision), Number(scale))
  return { ...(known ?? { kind: 'text' }), named: { by: 'DuckDB', name } }
}

/** Texts inside of lists and structures, as DuckDB reads them back. */
const inner = (value: unknown): string =>
  typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : value === null ? 'NULL' : textOf(value)

/** A value as DuckDB writes it, so that it reads it back as what it is. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `${value}`
  if ('items' in value && Array.isArray(value.items)) return `[${value.items.map(inner).join(', ')}]`
  if (!('entries' in value)) return `${value}`
  if (Array.isArray(value.entries))
    return `{${value.entries.map(({ key, value }) => `${inner(key)}=${inner(value)}`).join(', ')}}`
  const fields = Object.entries(value.entries as object)
  return `{${fields.map(([name, own]) => `${inner(name)}: ${inner(own)}`).join(', ')}}`
}

/** A value as a cell: numbers that doubles hold as they are, everything else as DuckDB writes it. */
export function duckDbCell(value: DuckDBValue, type: StoredType | undefined): Cell {
  if (type?.kind === 'double' && type.bits === 32 && typeof value === 'number')
    return cellOf(shortFloat(value), () => '')
  if (typeof value !== 'object' || value === null) return cellOf(value, () => '')
  if (type?.kind === 'instant') return instantText(value as DuckDBTimestampTZValue)
  return textOf(value)
}

/** Its own text depends on where this machine is. Digits after the milliseconds stay. */
function instantText({ micros }: DuckDBTimestampTZValue): string {
  const rest = ((micros % 1000n) + 1000n) % 1000n
  const text = new Date(Number((micros - rest) / 1000n)).toISOString()
  if (rest !== 0n) return text.replace('Z', `${`${rest}`.padStart(3, '0')}Z`)
  return text.replace('.000Z', 'Z')
}
