import type { Compressors, FileMetaData } from 'hyparquet'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { StoredBytes } from '../../stored-bytes.ts'
import type { Cell, TableChunk, WholeRows } from '../cell.ts'
import { columnList } from '../chunk-checks.ts'
import { chunkOfColumns } from '../chunk-columns.ts'
import { columnNames } from '../column-names.ts'
import { CHUNK_ROWS } from '../rows.ts'
import type { Keeping } from './keeping.ts'
import type { ParquetColumns } from './parquet-columns.ts'
import type { ColumnOfGroup, columnReader } from './parquet-values.ts'
import { beginsWith, type ReadTableOptions, type TableReader, type TableSource } from './reader.ts'
import { checkZstdFrame } from './zstd-frame.ts'

type File = Parameters<typeof import('hyparquet').parquetMetadataAsync>[0]

const torn = (cause: unknown): BetavaeError =>
  new BetavaeError({
    code: 'parquet/torn',
    seen: `a Parquet file that cannot be read (${(cause instanceof Error ? cause.message : `${cause}`).slice(0, 120)})`,
    wanted: 'a whole, unencrypted Parquet file',
    fix: 'copy or write the file again, or save the table as CSV',
    cause,
  })

/** Runs `read`; what the library says of a broken file comes out as `parquet/torn`. */
async function orTornParquet<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw error instanceof BetavaeError ? error : torn(error)
  }
}

const fileOf = (bytes: StoredBytes): File => ({
  byteLength: bytes.size,
  async slice(start, end = bytes.size) {
    if (!(0 <= start && end <= bytes.size)) throw new Error(`bytes ${start} to ${end} of ${bytes.size}`)
    return Uint8Array.from(await bytes.records({ start, width: end - start }, [0])).buffer
  },
})

/** Rows of each row group; they are what the columns' own counts say. */
function groupRows({ num_rows, row_groups }: FileMetaData, { stored }: ParquetColumns): readonly number[] {
  const counts = row_groups.map((group) => Number(group.num_rows))
  const differing = row_groups.some((group, index) =>
    group.columns.some(
      ({ meta_data }, at) =>
        stored[at]?.name !== undefined && Number(meta_data?.num_values) !== counts[index],
    ),
  )
  const rows = counts.reduce((sum, count) => sum + count, 0)
  if (differing || rows !== Number(num_rows) || counts.some((count) => count < 0))
    throw torn(`its row counts differ`)
  return counts
}

/** A Parquet file that is open: what it says of itself, and how rows are had from it. */
interface OpenParquet {
  readonly columns: ParquetColumns
  /** Rows of each row group. */
  readonly counts: readonly number[]
  /** Begins a row group: what reads each of its columns that are read, and those that are to be kept whole. */
  begin(group: number): GroupReaders
}

interface GroupReaders {
  readonly cells: readonly ReturnType<typeof columnReader>[]
  readonly whole?: (count: number) => Promise<WholeRows>
}

/** The library's, which do not know that nothing may be packed: a column without a value has an empty dictionary. */
async function allCompressors(): Promise<Compressors> {
  const { compressors } = await import('hyparquet-compressors')
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, unpack]) => [
      codec,
      (bytes: Uint8Array, length: number) => {
        if (length === 0) return new Uint8Array(0)
        if (codec === 'ZSTD') checkZstdFrame(bytes)
        return unpack(bytes, length)
      },
    ]),
  )
}

async function openParquet(bytes: StoredBytes, keeping: Keeping | undefined): Promise<OpenParquet> {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet')
  const { ARROW_SCHEMA, arrowHints, columnReader, parquetColumns } = await import('./parquet-decoding.ts')
  const compressors = await allCompressors()
  const file = fileOf(bytes)
  const metadata = await parquetMetadataAsync(file, { geoparquet: false })
  const arrow = metadata.key_value_metadata?.find(({ key }) => key === ARROW_SCHEMA)
  const hints = arrowHints(arrow?.value)
  const table = parquetSchema(metadata)
  const columns = parquetColumns(table, hints)
  if (columns.stored.every(({ name }) => name === undefined)) refuseUnread(columns)
  const counts = groupRows(metadata, columns)
  const slice = async (start: number, end: number) => new Uint8Array(await file.slice(start, end))
  const kept = keeping?.parquet({
    ...{ table, hints },
    stored: columns.stored,
    metadata: metadata.key_value_metadata,
  })
  return {
    columns,
    counts,
    begin(group) {
      const found = metadata.row_groups[group].columns
      if (found.length !== columns.stored.length) throw torn('a group of rows without all columns')
      const all = found.map(({ meta_data: column }, index): ColumnOfGroup => {
        const { schemaPath, level, repeats, type } = columns.stored[index]
        const path = schemaPath.slice(1).map(({ element }) => element.name)
        if (column?.path_in_schema.join('.') !== path.join('.')) throw torn('columns in another order')
        return { column, schemaPath, level, repeats, type, rows: counts[group], compressors, slice }
      })
      return {
        cells: all.flatMap((of, index) =>
          columns.stored[index].name === undefined ? [] : [columnReader(of)],
        ),
        ...(kept && { whole: kept(all) }),
      }
    },
  }
}

const refuseUnread = ({ unread }: ParquetColumns): never =>
  fail({
    code: 'table/nested',
    seen: `no column with single values among ${columnList(unread.map(({ name }) => name))}`,
    wanted: 'a number, a text, true, false or nothing in each cell',
    fix: 'write what is inside into columns of its own',
  })

async function* readParquet(
  source: TableSource,
  { chunkRows = CHUNK_ROWS, keeping }: ReadTableOptions = {},
): AsyncGenerator<TableChunk> {
  const bytes = await source.stored()
  const { columns: found, counts, begin } = await orTornParquet(() => openParquet(bytes, keeping))
  const read = found.stored.flatMap(({ name, type }) => (name === undefined ? [] : [{ name, type }]))
  const columns = columnNames(read.map(({ name }) => name))
  const types = read.map(({ type }) => type)
  const unread = found.unread.length > 0 ? { unread: found.unread } : {}
  let first = 0
  for (const [group, count] of counts.entries()) {
    const readers = await orTornParquet(async () => begin(group))
    for (const end = first + count; first < end; ) {
      const size = Math.min(chunkRows, end - first)
      const cells = await orTornParquet(async () => {
        const read: (readonly Cell[])[] = []
        for (const next of readers.cells) read.push(await next(size))
        return read
      })
      const own = await orTornParquet(async () => readers.whole?.(size))
      yield chunkOfColumns({ columns, types, first, ...unread, ...(own && { whole: own }) }, cells)
      first += size
    }
  }
  if (first === 0)
    fail({
      code: 'parquet/empty',
      seen: 'a Parquet file without a row',
      wanted: 'at least one row',
      fix: 'check that this is the right file',
    })
}

/**
 * Parquet: row groups one after another, of each column a page at a time. Structures lie flat, under dotted names;
 * columns of lists are not read.
 *
 * Errors: `parquet/torn`, `parquet/empty`, `table/nested`.
 */
export const parquet: TableReader = {
  name: 'Parquet',
  endings: ['parquet', 'pq'],
  matches: (opening) => beginsWith(opening, 'PAR1'),
  read: readParquet,
}
