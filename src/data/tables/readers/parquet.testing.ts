/** Parquet files made in a test. */
import { type FileMetaData, parquetMetadata, type SchemaElement } from 'hyparquet'
import { ByteWriter, type ColumnSource, type ParquetWriteOptions, parquetWriteBuffer } from 'hyparquet-writer'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'

type Written = Omit<ParquetWriteOptions, 'writer' | 'columnData'>
/** A file as the npm package hyparquet-writer writes it. */
export const written = (columnData: ColumnSource[], more: Written = {}): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...more }))

export const metadataOf = (bytes: Uint8Array): FileMetaData => parquetMetadata(Uint8Array.from(bytes).buffer)

/** A file that says something else of itself. */
export function saying(bytes: Uint8Array, change: (metadata: FileMetaData) => void): Uint8Array {
  const metadata = metadataOf(bytes)
  change(metadata)
  const writer = new ByteWriter()
  const end =
    bytes.length - 8 - new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 8, true)
  writer.appendBytes(bytes.subarray(0, end))
  for (const { columns } of metadata.row_groups)
    for (const { meta_data } of columns) delete meta_data?.statistics
  const begin = writer.offset
  writeMetadata(writer, metadata)
  writer.appendUint32(writer.offset - begin)
  writer.appendBytes(new TextEncoder().encode('PAR1'))
  return writer.getBytes()
}

/** The table itself, and a column of lists of numbers. */
export const root = (children: number): SchemaElement => ({ name: 'root', num_children: children })
export const listOf = (name: string): SchemaElement[] => [
  { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', type: 'INT32', repetition_type: 'OPTIONAL' },
]
