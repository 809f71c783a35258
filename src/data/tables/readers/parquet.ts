import type { Compressors, FileMetaData } from 'hyparquet'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { StoredBytes } from '../../stored-bytes.ts'
import type { Cell, TableChunk } from '../cell.ts'
import { cellOf } from '../cell-of.ts'
import { columnList } from '../chunk-checks.ts'
import { columnNames } from '../column-names.ts'
import { CHUNK_ROWS } from '../rows.ts'
import { type ParquetColumns, parquetColumns, valueIn } from './parquet-columns.ts'
import { takeDecimals } from './parquet-decimals.ts'
import { beginsWith, type ReadTableOptions, type TableReader, type TableSource } from './reader.ts'

/** Cells that are decoded at once; pages before them are passed over undecoded. */
const CELLS = 2 ** 21

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
async function whole<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw error instanceof BetavaeError ? error : torn(error)
  }
}

const fileOf = (bytes: StoredBytes): File => ({
  byteLength: bytes.size,
  async slice(start, end = bytes.size) {
    if (!(0 <= start && start <= end && end <= bytes.size))
      throw new Error(`bytes ${start} to ${end} of ${bytes.size}`)
    return Uint8Array.from(await bytes.records({ start, width: end - start }, [0])).buffer
  },
})

/** Rows of each row group; they are what the columns' own counts say. */
function groupRows({ num_rows, row_groups }: FileMetaData, { stored }: ParquetColumns): readonly number[] {
  const counts = row_groups.map((group) => Number(group.num_rows))
  const differing = row_groups.some((group, index) =>
    group.columns.some(
      ({ meta_data }, at) => stored[at]?.isRead && Number(meta_data?.num_values) !== counts[index],
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
  /** Checks the pages of a row group. */
  check(group: number): Promise<void>
  /** Rows of what is read, structures not yet flat. */
  rows(from: number, to: number): Promise<readonly (readonly unknown[])[]>
}

/** The library's, which do not know that nothing may be packed: a column without a value has an empty dictionary. */
async function allCompressors(): Promise<Compressors> {
  const { compressors } = await import('hyparquet-compressors')
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, unpack]) => [
      codec,
      (bytes: Uint8Array, length: number) => (length === 0 ? new Uint8Array(0) : unpack(bytes, length)),
    ]),
  )
}

async function openParquet(bytes: StoredBytes): Promise<OpenParquet> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet')
  const compressors = await allCompressors()
  const { checkPages } = await import('./parquet-pages.ts')
  const file = fileOf(bytes)
  const metadata = await parquetMetadataAsync(file, { geoparquet: false })
  const decimals = takeDecimals(metadata)
  const columns = parquetColumns(parquetSchema(metadata), decimals)
  if (columns.read.length === 0) refuseUnread(columns)
  const counts = groupRows(metadata, columns)
  return {
    columns,
    counts,
    async check(group) {
      const stored = metadata.row_groups[group].columns
      if (stored.length !== columns.stored.length) throw torn('a group of rows without all columns')
      for (const [index, { meta_data: column }] of stored.entries()) {
        const { path, level, isRead } = columns.stored[index]
        if (column?.path_in_schema.join('.') !== path.join('.')) throw torn('columns in another order')
        if (!isRead) continue
        const start = Number(column.dictionary_page_offset || column.data_page_offset)
        const chunk = new Uint8Array(await file.slice(start, start + Number(column.total_compressed_size)))
        checkPages(chunk, { column, level, rows: counts[group], compressors })
      }
    },
    rows: (rowStart, rowEnd) =>
      new Promise((onComplete, reject) => {
        const range = { rowStart, rowEnd, columns: [...columns.tops] }
        parquetRead({ file, metadata, compressors, ...range, geoparquet: false, onComplete }).catch(reject)
      }),
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
  { chunkRows = CHUNK_ROWS }: ReadTableOptions = {},
): AsyncGenerator<TableChunk> {
  const bytes = await source.stored()
  const { columns: found, counts, check, rows: read } = await whole(() => openParquet(bytes))
  const columns = columnNames(found.read.map(({ name }) => name))
  const unread = found.unread.length > 0 ? { unread: found.unread } : {}
  const most = chunkRows * Math.max(1, Math.floor(CELLS / columns.length / chunkRows))
  let first = 0
  for (const [group, count] of counts.entries()) {
    const end = first + count
    await whole(() => check(group))
    while (first < end) {
      const rows = await whole(() => read(first, Math.min(end, first + most)))
      for (let from = 0; from < rows.length; from += chunkRows) {
        const at = first + from
        const part = rows.slice(from, from + chunkRows).map(cellsAt(found, at))
        yield { columns, first: at, rows: part, ...unread }
      }
      first += rows.length
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

/** A row of values as cells; `first` is the number of the first of these rows. */
const cellsAt =
  ({ read }: ParquetColumns, first: number) =>
  (values: readonly unknown[], index: number): Cell[] =>
    read.map((column) =>
      cellOf(valueIn(values, column), () => `row ${first + index + 1}, column "${column.name}"`),
    )

/**
 * Parquet: row groups one after another, of large ones about two million cells at a time. Structures lie flat, under
 * dotted names; columns of lists are not read.
 *
 * Errors: `parquet/torn`, `parquet/empty`, `table/nested`.
 */
export const parquet: TableReader = {
  name: 'Parquet',
  endings: ['parquet', 'pq'],
  matches: (opening) => beginsWith(opening, 'PAR1'),
  read: readParquet,
}
