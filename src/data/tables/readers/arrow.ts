import type { Column, Table } from '@uwdata/flechette'
import { joinedBytes } from '../../../base/bytes.ts'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { TableChunk, WholeRows } from '../cell.ts'
import { cellOf } from '../cell-of.ts'
import { columnNames } from '../column-names.ts'
import { heldBytes } from '../held-bytes.ts'
import { CHUNK_ROWS } from '../rows.ts'
import type { ArrowColumns, valuesAt as ValuesAt } from './arrow-columns.ts'
import { arrowFileParts, isInOrder } from './arrow-file.ts'
import { arrowMessages, tornArrow } from './arrow-messages.ts'
import { lz4Unpacked } from './lz4-frame.ts'
import { beginsWith, type ReadTableOptions, type TableReader, type TableSource } from './reader.ts'
import { checkZstdFrame } from './zstd-frame.ts'

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
    decode(bytes) {
      checkZstdFrame(bytes)
      return decompressZstd(bytes).slice()
    },
  })
}

/** What the library says of broken bytes comes out as `arrow/torn`. */
function orTornArrow<T>(read: () => T): T {
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

interface TablePart {
  readonly table: Table
  readonly columns: ArrowColumns
  readonly names: readonly string[]
  /** Rows before it. */
  readonly before: number
  readonly valuesAt: typeof ValuesAt
  /** What the rows were in the file, where that is kept. */
  whole?(from: number, length: number): WholeRows
}

function* chunksOf(part: TablePart, chunkRows: number): Generator<TableChunk> {
  const { table, columns, names, before, valuesAt } = part
  const types = columns.read.map(({ type }) => type)
  const stored: Column<unknown>[] = table.schema.fields.map((_, index) => table.getChildAt(index))
  const unread = columns.unread.length > 0 ? { unread: columns.unread } : {}
  for (let from = 0; from < table.numRows; from += chunkRows) {
    const first = before + from
    const length = Math.min(chunkRows, table.numRows - from)
    const rows = Array.from({ length }, (_, index) =>
      valuesAt(stored, from + index, columns.read).map((value, number) =>
        cellOf(value, () => `row ${first + index + 1}, column "${names[number]}"`),
      ),
    )
    const whole = part.whole?.(from, length)
    yield { columns: names, types, first, rows, ...unread, ...(whole && { whole }) }
  }
}

/** Bytes that the library reads as a table each: a schema, then with it and the dictionaries a batch. */
async function* partsOf(source: TableSource): AsyncGenerator<Uint8Array | Uint8Array[]> {
  const begun: Uint8Array[] = []
  let hasSchema = false
  for await (const { kind, bytes } of arrowMessages(source.pieces())) {
    if (kind === 'schema' ? hasSchema : !hasSchema) tornArrow('no schema, or more than one')
    hasSchema = true
    if (kind !== 'rows') begun.push(bytes)
    if (kind === 'dictionary') continue
    yield kind === 'rows' ? [...begun, bytes] : [...begun]
  }
}

/** Whether messages stand one after another. What is piped in is read once, so that its first bytes are kept. */
async function ordered(
  source: TableSource,
): Promise<{ readonly isInOrder: boolean; readonly source: TableSource }> {
  const iterator = source.pieces()[Symbol.asyncIterator]()
  let opening = new Uint8Array(0)
  let next = await iterator.next()
  for (; !next.done && opening.length < 12; next = await iterator.next())
    opening = joinedBytes([opening, next.value])
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      yield opening
      for (; !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { isInOrder: isInOrder(opening) ?? true, source: { ...source, pieces } }
}

async function* readArrow(
  given: TableSource,
  { chunkRows = CHUNK_ROWS, keeping }: ReadTableOptions = {},
): AsyncGenerator<TableChunk> {
  const flechette = await import('@uwdata/flechette')
  // A page loads this when it meets such a file.
  const { arrowColumns, valuesAt } = await import('./arrow-columns.ts')
  await registerCodecs(flechette)
  const { isInOrder, source } = await ordered(given)
  const parts = isInOrder ? partsOf(source) : arrowFileParts(await heldBytes(source.pieces()))
  let columns: ArrowColumns | undefined
  let names: readonly string[] = []
  let before = 0
  for await (const part of parts) {
    const table: Table = orTornArrow(() =>
      flechette.tableFromIPC(part, { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true }),
    )
    columns ??= arrowColumns(table.schema.fields, flechette.Type)
    if (names.length === 0) names = columnNames(columns.read.map(({ name }) => name))
    checkLengths(table, flechette.Type.Bool)
    const kept = keeping && orTornArrow(() => keeping.arrow(part, table))
    const { read } = columns
    const own = { ...{ table, columns, names, before, valuesAt }, types: flechette.Type, read }
    const chunks = chunksOf(
      { ...own, ...(kept && { whole: (from, length) => kept({ ...own, from, length }) }) },
      chunkRows,
    )
    for (let next = orTornArrow(() => chunks.next()); !next.done; next = orTornArrow(() => chunks.next()))
      yield next.value
    before += table.numRows
  }
  if (before === 0)
    fail({
      code: 'arrow/empty',
      seen: 'an Arrow file without a row',
      wanted: 'at least one row',
      fix: 'check that this is the right file',
    })
}

/**
 * Arrow IPC files and streams and Feather version 2, plain or compressed: one record batch after another. Structures lie
 * flat, under dotted names; columns of lists and of bytes are not read.
 *
 * Errors: `arrow/torn`, `arrow/feather`, `arrow/empty`, `lz4/torn`, `table/nested`.
 */
export const arrow: TableReader = {
  name: 'Arrow',
  endings: ['arrow', 'arrows', 'feather', 'ipc'],
  matches: (opening) => beginsWith(opening, 'ARROW1') || beginsWith(opening, '\u00ff\u00ff\u00ff\u00ff'),
  read: readArrow,
}
