import type { Column, Table } from '@uwdata/flechette'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { TableChunk } from '../cell.ts'
import { cellOf } from '../cell-of.ts'
import { columnNames } from '../column-names.ts'
import { CHUNK_ROWS } from '../rows.ts'
import { arrowMessages, tornArrow } from './arrow-messages.ts'
import { lz4Unpacked } from './lz4-frame.ts'
import { beginsWith, type ReadTableOptions, type TableReader, type TableSource } from './reader.ts'

type Flechette = typeof import('@uwdata/flechette')

const unused = (): never => {
  throw new Error('nothing is written')
}

/** The library undoes compression by what is registered with it; it wants memory that begins where numbers may. */
async function registerCodecs({ setCompressionCodec, CompressionType }: Flechette): Promise<void> {
  const { decompressZstd } = await import('hyparquet-compressors')
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode: unused, decode: lz4Unpacked })
  setCompressionCodec(CompressionType.ZSTD, {
    encode: unused,
    decode: (bytes) => decompressZstd(bytes).slice(),
  })
}

function checkFlat({ schema }: Table, { Type }: Flechette): void {
  const nested = schema.fields.find(({ type }) => 'children' in type && type.typeId !== Type.RunEndEncoded)
  if (nested)
    fail({
      code: 'table/nested',
      seen: `lists or structures in column "${nested.name}"`,
      wanted: 'a number, a text, true, false or nothing in each cell',
      fix: 'write what is inside into columns of its own, or leave the column out',
    })
}

/** What the library says of broken bytes comes out as `arrow/torn`. */
function whole<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof BetavaeError) throw error
    return tornArrow(error instanceof Error ? error.message : `${error}`, error)
  }
}

/** Rows of a batch where nothing of it is stored, as of a column without a value. */
const MOST_UNSTORED = 2 ** 24

/** A batch of a column, as the library holds it: dates are wrapped, texts have offsets. */
interface StoredBatch {
  readonly source?: StoredBatch
  readonly type: { readonly typeId: number }
  readonly values?: ArrayLike<unknown>
  readonly offsets?: ArrayLike<unknown>
}

/** The most values that what is stored of a column can be. */
function mostIn({ source, type, values, offsets }: StoredBatch, bool: number): number {
  if (source) return mostIn(source, bool)
  if (offsets) return offsets.length - 1
  if (values) return type.typeId === bool ? 8 * values.length : values.length
  return MOST_UNSTORED
}

/** Error: `arrow/torn` where a column is not as long as the table, or less of it is stored. */
function checkLengths(table: Table, bool: number): void {
  for (const { length, data } of table.children) {
    const most = data.reduce((sum, batch) => sum + mostIn(batch, bool), 0)
    if (length !== table.numRows || length > most) tornArrow(`${length} rows in a column of ${most}`)
  }
}

function* chunksOf(
  table: Table,
  columns: readonly string[],
  before: number,
  chunkRows: number,
): Generator<TableChunk> {
  const stored: Column<unknown>[] = columns.map((_, index) => table.getChildAt(index))
  for (let from = 0; from < table.numRows; from += chunkRows) {
    const first = before + from
    const length = Math.min(chunkRows, table.numRows - from)
    const rows = Array.from({ length }, (_, index) =>
      stored.map((column, number) =>
        cellOf(column.at(from + index), () => `row ${first + index + 1}, column "${columns[number]}"`),
      ),
    )
    yield { columns, first, rows }
  }
}

async function* readArrow(
  source: TableSource,
  { chunkRows = CHUNK_ROWS }: ReadTableOptions = {},
): AsyncGenerator<TableChunk> {
  const flechette = await import('@uwdata/flechette')
  await registerCodecs(flechette)
  const begun: Uint8Array[] = []
  let columns: readonly string[] | undefined
  let first = 0
  for await (const { kind, bytes } of arrowMessages(source.pieces())) {
    if (kind === 'schema' ? columns : !columns) tornArrow('no schema, or more than one')
    if (kind !== 'rows') begun.push(bytes)
    const parts = kind === 'rows' ? [...begun, bytes] : begun
    if (kind === 'dictionary') continue
    const table: Table = whole(() => flechette.tableFromIPC(parts, { useDate: true, useBigInt: true }))
    if (!columns) {
      checkFlat(table, flechette)
      columns = columnNames(table.schema.fields.map(({ name }) => name ?? ''))
    }
    checkLengths(table, flechette.Type.Bool)
    const chunks = chunksOf(table, columns, first, chunkRows)
    for (let next = whole(() => chunks.next()); !next.done; next = whole(() => chunks.next()))
      yield next.value
    first += table.numRows
  }
  if (first === 0)
    fail({
      code: 'arrow/empty',
      seen: 'an Arrow file without a row',
      wanted: 'at least one row',
      fix: 'check that this is the right file',
    })
}

/**
 * Arrow IPC files and streams and Feather version 2, plain or compressed: one record batch after another.
 *
 * Errors: `arrow/torn`, `arrow/feather`, `arrow/empty`, `lz4/torn`, `table/nested`.
 */
export const arrow: TableReader = {
  name: 'Arrow',
  endings: ['arrow', 'arrows', 'feather', 'ipc'],
  matches: (opening) => beginsWith(opening, 'ARROW1') || beginsWith(opening, '\u00ff\u00ff\u00ff\u00ff'),
  read: readArrow,
}
