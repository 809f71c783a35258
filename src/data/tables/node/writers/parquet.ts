import type { SchemaElement } from 'hyparquet'
import type { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Cell } from '../../cell.ts'
import type { StoredType } from '../../stored-type.ts'
import { microsecondsOf } from '../../type-tally.ts'
import { openPeer } from '../databases/peer.ts'
import type { TableWriter, WrittenColumn } from './writer.ts'

interface Library {
  readonly ByteWriter: typeof ByteWriter
  readonly ParquetWriter: typeof ParquetWriter
}

/** Rows of a group, fewer where there are many columns. */
const GROUP_ROWS = 100_000
const GROUP_CELLS = 4_000_000

const DAY = 86_400_000
/** A decimal of more digits than an int64 holds. */
const LONG = 18

/** How a type is declared, besides its name. */
function elementOf(type: StoredType): Partial<SchemaElement> {
  switch (type.kind) {
    case 'boolean':
      return { type: 'BOOLEAN' }
    case 'integer':
      return { type: 'INT64' }
    case 'double':
      return { type: 'DOUBLE' }
    case 'decimal': {
      const { precision, scale } = type
      const stored =
        precision > LONG
          ? ({ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 } as const)
          : ({ type: 'INT64' } as const)
      return { ...stored, converted_type: 'DECIMAL', precision, scale }
    }
    case 'date':
      return { type: 'INT32', converted_type: 'DATE' }
    case 'timestamp':
    case 'instant':
      return {
        type: 'INT64',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: type.kind === 'instant', unit: 'MICROS' },
      }
    case 'text':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
  }
}

const schemaOf = (columns: readonly WrittenColumn[]): SchemaElement[] => [
  { name: 'schema', num_children: columns.length },
  ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...elementOf(type) })),
]

/** A cell as the library takes it. */
function parquetValue(cell: Cell, type: StoredType): unknown {
  if (cell === null) return null
  switch (type.kind) {
    case 'integer':
      return BigInt(cell)
    case 'decimal':
      return unscaled(String(cell), type.scale)
    case 'date':
      return Date.parse(`${cell}T00:00:00Z`) / DAY
    case 'timestamp':
    case 'instant':
      return microsecondsOf(String(cell))
    default:
      return cell
  }
}

/** `-12.5` at a scale of 2 as −1250. */
function unscaled(text: string, scale: number): bigint {
  const [whole, fraction = ''] = text.split('.')
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`)
}

/** Parquet, through the npm package `hyparquet-writer`: columns keep their types. */
export const parquet: TableWriter = {
  name: 'Parquet',
  endings: ['parquet', 'pq'],
  isTyped: true,
  async open(columns, write) {
    const { ByteWriter, ParquetWriter } = await openPeer<Library>('hyparquet-writer', 'writes Parquet')
    const bytes = new ByteWriter()
    const file = new ParquetWriter({ writer: bytes, schema: schemaOf(columns) })
    const most = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_CELLS / Math.max(1, columns.length))))
    let waiting: (readonly Cell[])[] = []
    const passOn = async () => {
      const written = Uint8Array.from(bytes.getBytes())
      bytes.index = 0
      await write(written)
    }
    const writeGroup = async () => {
      const group = waiting
      waiting = []
      const columnData = columns.map(({ name, type }, at) => ({
        name,
        data: group.map((row) => parquetValue(row[at], type)),
      }))
      await file.write({ columnData, rowGroupSize: group.length })
      await passOn()
    }
    return {
      async rows(rows) {
        for (const row of rows) {
          waiting.push(row)
          if (waiting.length === most) await writeGroup()
        }
      },
      async done() {
        if (waiting.length > 0) await writeGroup()
        await file.finish()
        await passOn()
      },
    }
  },
}
