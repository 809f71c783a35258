import type { FileMetaData, SchemaTree } from 'hyparquet'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { StoredBytes } from '../../stored-bytes.ts'
import type { TableChunk } from '../cell.ts'
import { cellOf } from '../cell-of.ts'
import { columnNames } from '../column-names.ts'
import { CHUNK_ROWS } from '../rows.ts'
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

function checkFlat({ children }: SchemaTree): void {
  const nested = children.find(
    ({ children, element }) => children.length > 0 || element.repetition_type === 'REPEATED',
  )
  if (nested)
    fail({
      code: 'table/nested',
      seen: `lists or structures in column "${nested.element.name}"`,
      wanted: 'a number, a text, true, false or nothing in each cell',
      fix: 'write what is inside into columns of its own, or leave the column out',
    })
}

/** Rows of each row group; they are what the columns' own counts say. */
function groupRows({ num_rows, row_groups }: FileMetaData): readonly number[] {
  const counts = row_groups.map((group) => Number(group.num_rows))
  const differing = row_groups.some(({ columns }, index) =>
    columns.some(({ meta_data }) => Number(meta_data?.num_values) !== counts[index]),
  )
  const rows = counts.reduce((sum, count) => sum + count, 0)
  if (differing || rows !== Number(num_rows) || counts.some((count) => count < 0))
    throw torn(`its row counts differ`)
  return counts
}

/** A Parquet file that is open: what it says of itself, and how rows are had from it. */
interface OpenParquet {
  readonly columns: readonly string[]
  /** Rows of each row group. */
  readonly counts: readonly number[]
  /** Checks the pages of a row group. */
  check(group: number): Promise<void>
  rows(from: number, to: number): Promise<readonly (readonly unknown[])[]>
}

async function openParquet(bytes: StoredBytes): Promise<OpenParquet> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet')
  const { compressors } = await import('hyparquet-compressors')
  const { checkPages } = await import('./parquet-pages.ts')
  const file = fileOf(bytes)
  const metadata = await parquetMetadataAsync(file, { geoparquet: false })
  const schema = parquetSchema(metadata)
  checkFlat(schema)
  const counts = groupRows(metadata)
  return {
    columns: columnNames(schema.children.map(({ element }) => element.name)),
    counts,
    async check(group) {
      const stored = metadata.row_groups[group].columns
      if (stored.length !== schema.children.length) throw torn('a group of rows without all columns')
      for (const [index, { meta_data: column }] of stored.entries()) {
        if (column?.path_in_schema.join('.') !== schema.children[index].element.name)
          throw torn('columns in another order')
        const start = Number(column.dictionary_page_offset || column.data_page_offset)
        const chunk = new Uint8Array(await file.slice(start, start + Number(column.total_compressed_size)))
        const optional = schema.children[index].element.repetition_type === 'OPTIONAL'
        checkPages(chunk, { column, optional, rows: counts[group], compressors })
      }
    },
    rows: (rowStart, rowEnd) =>
      new Promise((onComplete, reject) => {
        parquetRead({ file, metadata, compressors, rowStart, rowEnd, geoparquet: false, onComplete }).catch(
          reject,
        )
      }),
  }
}

async function* readParquet(
  source: TableSource,
  { chunkRows = CHUNK_ROWS }: ReadTableOptions = {},
): AsyncGenerator<TableChunk> {
  const bytes = await source.stored()
  const { columns, counts, check, rows: read } = await whole(() => openParquet(bytes))
  const most = chunkRows * Math.max(1, Math.floor(CELLS / columns.length / chunkRows))
  let first = 0
  for (const [group, count] of counts.entries()) {
    const end = first + count
    await whole(() => check(group))
    while (first < end) {
      const rows = await whole(() => read(first, Math.min(end, first + most)))
      for (let from = 0; from < rows.length; from += chunkRows) {
        const at = first + from
        yield { columns, first: at, rows: rows.slice(from, from + chunkRows).map(cellsAt(columns, at)) }
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
const cellsAt = (columns: readonly string[], first: number) => (values: readonly unknown[], index: number) =>
  values.map((value, column) => cellOf(value, () => `row ${first + index + 1}, column "${columns[column]}"`))

/**
 * Parquet: row groups one after another, of large ones about two million cells at a time.
 *
 * Errors: `parquet/torn`, `parquet/empty`, `table/nested`.
 */
export const parquet: TableReader = {
  name: 'Parquet',
  endings: ['parquet', 'pq'],
  matches: (opening) => beginsWith(opening, 'PAR1'),
  read: readParquet,
}
