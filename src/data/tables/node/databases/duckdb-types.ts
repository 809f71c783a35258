import type { DuckDBTimestampTZValue, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type { Cell } from '../../cell.ts'
import { cellOf } from '../../cell-of.ts'
import { decimalType, type PlainType, type StoredType } from '../../stored-type.ts'

const PLAIN: Readonly<Record<string, PlainType>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  FLOAT: 'double',
  DOUBLE: 'double',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'instant',
  VARCHAR: 'text',
}

export function typeOfColumn(type: DuckDBType): StoredType | undefined {
  const name = `${type}`
  const plain = PLAIN[name]
  if (plain !== undefined) return { kind: plain }
  const [, precision, scale] = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(name) ?? []
  return precision === undefined ? undefined : decimalType(Number(precision), Number(scale))
}

/** A value as a cell: numbers that doubles hold as they are, everything else as DuckDB writes it. */
export function duckDbCell(value: DuckDBValue, type: StoredType | undefined): Cell {
  if (typeof value !== 'object' || value === null) return cellOf(value, () => '')
  if (type?.kind === 'instant') return instantText(value as DuckDBTimestampTZValue)
  return `${value}`
}

/** Its own text depends on where this machine is. Digits after the milliseconds stay. */
function instantText({ micros }: DuckDBTimestampTZValue): string {
  const rest = ((micros % 1000n) + 1000n) % 1000n
  const text = new Date(Number((micros - rest) / 1000n)).toISOString()
  if (rest !== 0n) return text.replace('Z', `${`${rest}`.padStart(3, '0')}Z`)
  return text.replace('.000Z', 'Z')
}
