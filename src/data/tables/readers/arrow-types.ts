import type { Table } from '@uwdata/flechette'
import type { StoredType } from '../stored-type.ts'
import { UNIT_DECIMALS } from './arrow-hints.ts'

export type ArrowTypes = typeof import('@uwdata/flechette')['Type']
export type ArrowField = Table['schema']['fields'][number]

/** What types tell besides their number; each only some of it. */
export interface ArrowType {
  readonly typeId: number
  readonly unit?: number
  readonly scale?: number
  readonly precision?: number
  readonly bitWidth?: number
  readonly stride?: number
  readonly signed?: boolean
  readonly timezone?: string | null
  readonly children?: readonly ArrowField[]
  readonly dictionary?: ArrowType
}

const DAY = 86_400_000

const FLOATS = [16, 32, 64] as const

/** What Parquet has for a column in which nothing is ever known. */
const NOTHING = { name: '', type: 'INT32', logical_type: { type: 'NULL' } } as const

/** What a column of Arrow is stored as that holds single values; undefined for others. */
export function arrowType(type: ArrowType, types: ArrowTypes): StoredType | undefined {
  const decimals = UNIT_DECIMALS[type.unit ?? 1] ?? 6
  switch (type.typeId) {
    case types.Bool:
      return { kind: 'boolean' }
    case types.Int:
      return {
        ...{ kind: 'integer', bits: (type.bitWidth ?? 64) as 8 | 16 | 32 | 64 },
        ...(type.signed === false && { isUnsigned: true }),
      }
    case types.Float:
      return { kind: 'double', bits: FLOATS[type.precision ?? 2] }
    case types.Decimal:
      return { kind: 'decimal', precision: type.precision ?? 38, scale: type.scale ?? 0 }
    case types.Date:
      return { kind: 'date' }
    case types.Time:
      return { kind: 'time', decimals }
    case types.Timestamp:
      return { kind: type.timezone ? 'instant' : 'timestamp', decimals }
    case types.Duration:
      return { kind: 'duration', decimals }
    case types.Interval:
      return { kind: 'json' }
    case types.Null:
      return { kind: 'text', element: NOTHING }
    case types.Binary:
    case types.LargeBinary:
    case types.BinaryView:
      return { kind: 'bytes' }
    case types.FixedSizeBinary:
      return { kind: 'bytes', length: type.stride }
    case types.Dictionary:
      return arrowType(type.dictionary ?? type, types)
    case types.RunEndEncoded:
      return arrowType(type.children?.[1].type ?? type, types)
    default:
      return type.children ? undefined : { kind: 'text' }
  }
}

/**
 * A single value as the library gives it, as its type has it: days as such, parts of numbers as whole ones, months and
 * days that differ in length as a list.
 */
export function storedLeaf(value: unknown, { kind }: StoredType): unknown {
  if (kind === 'json' && ArrayBuffer.isView(value)) return Array.from(value as Float64Array)
  if (typeof value !== 'number') return value
  if (kind === 'date') return Math.floor(value / DAY)
  return kind === 'decimal' || kind === 'duration' || kind === 'time' ? BigInt(value) : value
}
