/** Ways in which rows are written: as they come, or when all have been seen. */
import { filledRecords } from '../../../data/tables/json-lines-filled.ts'
import { type WaitingRows, waitingRows } from '../../../data/tables/node/waiting-rows.ts'
import { jsonLines } from '../../../data/tables/node/writers/json-lines.ts'
import { csv } from '../../../data/tables/node/writers/separated.ts'
import type { TableWriter, WritingManner, WritingTable } from '../../../data/tables/node/writers/writer.ts'
import { type FilledRows, type LaidOutRows, type Layout, laidOut } from '../../../data/tables/whole-rows.ts'
import type { WholeFile } from '../../../runs/node/files.ts'

/** Rows that come together: in columns of their own, or as their source has them. */
export type OutputRows = LaidOutRows | FilledRows

/** A table that appears whole or not at all. */
export interface TableOutput {
  /** Writes rows after those that came before. */
  rows(rows: OutputRows): Promise<void>
  /** Lets the table appear where it was to go. */
  done(): Promise<void>
  /** Leaves nothing behind. */
  abandon(): Promise<void>
  /** Columns of lists and structures that could only be written as JSON. */
  asJson(): readonly string[]
}

/** How rows are to be written, where that is asked for. */
export type AskedManner = Pick<WritingManner, 'separator' | 'isDefused'>

/** Rows as CSV, piece by piece; nothing is taken back. */
export const csvOutput = (write: (text: string) => void, asked: AskedManner = {}): TableOutput =>
  passing(
    {
      write: async (content) => write(String(content)),
      done: async () => undefined,
      abandon: async () => undefined,
    },
    csv,
    asked,
  )

const onceAllAreSeen = (file: WholeFile, writer: TableWriter): TableOutput =>
  waiting((rows, manner) => writeAll(file, writer, rows, manner), writer, file)

/**
 * Rows in a file, in the way that the first of them tells; `typed` writes what needs to know all of them, by default when
 * they are there.
 */
export function fileOutput(
  file: WholeFile,
  writer: TableWriter,
  asked: AskedManner,
  typed: (file: WholeFile, writer: TableWriter) => TableOutput = onceAllAreSeen,
): TableOutput {
  let output: TableOutput | undefined
  const begin = (first: OutputRows): TableOutput => {
    if (writer === jsonLines && 'chunk' in first && first.chunk.whole?.records) return records(file)
    return writer.isTyped ? typed(file, writer) : passing(file, writer, asked)
  }
  return {
    asJson: () => output?.asJson() ?? [],
    rows(rows) {
      output ??= begin(rows)
      return output.rows(rows)
    },
    done: () => (output ?? begin({ columns: [], rows: [] })).done(),
    abandon: () => output?.abandon() ?? file.abandon(),
  }
}

/** Writes rows of JSON as they were. */
function records(file: WholeFile): TableOutput {
  return {
    asJson: () => [],
    rows: (rows) =>
      file.write('chunk' in rows ? (filledRecords(rows) ?? []).map((record) => `${record}\n`).join('') : ''),
    done: file.done,
    abandon: file.abandon,
  }
}

/** How the source of rows is written. */
export function mannerOf(rows: OutputRows): WritingManner {
  if (!('chunk' in rows)) return { metadata: rows.metadata }
  const { text, metadata } = rows.chunk.whole ?? {}
  return { ...text, metadata }
}

const laidOutFor = (rows: OutputRows, layout: Layout): LaidOutRows =>
  'chunk' in rows ? laidOut(rows, layout) : rows

/** Writes rows as they come. */
function passing(file: WholeFile, writer: TableWriter, { separator, isDefused }: AskedManner): TableOutput {
  let table: WritingTable | undefined
  let asJson: readonly string[] = []
  return {
    asJson: () => asJson,
    async rows(given) {
      const { columns, rows, types = [], ...about } = laidOutFor(given, { isNested: false, isTyped: false })
      asJson = about.asJson ?? []
      const own = columns.map((name, at) => ({ name, type: types[at] ?? ({ kind: 'text' } as const) }))
      const manner = { ...mannerOf(given), ...(separator === undefined ? {} : { separator }), isDefused }
      table ??= await writer.open(own, file.write, manner)
      await table.rows(rows)
    },
    async done() {
      await table?.done()
      await file.done()
    },
    abandon: file.abandon,
  }
}

/** Holds rows back until all are there, and then has them written. */
export function waiting(
  write: (rows: WaitingRows, manner: WritingManner) => Promise<void>,
  { isNested = false }: { readonly isNested?: boolean },
  file?: WholeFile,
): TableOutput {
  let held: WaitingRows | undefined
  let manner: WritingManner = {}
  let asJson: readonly string[] = []
  return {
    asJson: () => asJson,
    async rows(given) {
      const { columns, rows, types, ...about } = laidOutFor(given, { isNested, isTyped: true })
      asJson = about.asJson ?? []
      if (!held) manner = mannerOf(given)
      held ??= waitingRows(columns, types)
      await held.add(rows)
    },
    async done() {
      try {
        await write(held ?? waitingRows([]), manner)
      } finally {
        await held?.remove()
      }
    },
    async abandon() {
      await held?.remove()
      await file?.abandon()
    },
  }
}

async function writeAll(
  file: WholeFile,
  writer: TableWriter,
  held: WaitingRows,
  manner: WritingManner,
): Promise<void> {
  try {
    const table = await writer.open(held.columns(), file.write, manner)
    for await (const rows of held.chunks()) await table.rows(rows)
    await table.done()
  } catch (error) {
    await file.abandon()
    throw error
  }
  await file.done()
}
