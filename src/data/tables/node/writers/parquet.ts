import type { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { openPeer } from '../databases/peer.ts'
import { physical } from './parquet-physical.ts'
import { plainSchema, schemaOf } from './parquet-schema.ts'
import type { TableWriter } from './writer.ts'

interface Library {
  readonly ByteWriter: typeof ByteWriter
  readonly ParquetWriter: typeof ParquetWriter
}

/** Rows of a group, fewer where there are many columns. */
const GROUP_ROWS = 100_000
const GROUP_CELLS = 4_000_000

/** Parquet, through the npm package `hyparquet-writer`: columns keep their types. */
export const parquet: TableWriter = {
  name: 'Parquet',
  endings: ['parquet', 'pq'],
  isTyped: true,
  isNested: true,
  async open(columns, write, { metadata } = {}) {
    const { ByteWriter, ParquetWriter } = await openPeer<Library>('hyparquet-writer', 'writes Parquet')
    const bytes = new ByteWriter()
    const schema = schemaOf(columns)
    const kvMetadata = metadata && [...metadata]
    const file = new ParquetWriter({ writer: bytes, schema: plainSchema(schema), kvMetadata })
    const values = columns.map(({ type }) => physical(type))
    const most = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_CELLS / Math.max(1, columns.length))))
    let waiting: (readonly unknown[])[] = []
    const passOn = async () => {
      const written = Uint8Array.from(bytes.getBytes())
      bytes.index = 0
      await write(written)
    }
    const writeGroup = async () => {
      const group = waiting
      waiting = []
      const columnData = columns.map(({ name }, at) => ({
        name,
        data: group.map((row) => values[at](row[at])),
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
        file.schema = schema
        await file.finish()
        await passOn()
      },
    }
  },
}
