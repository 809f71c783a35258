/** What a model makes of a whole table: files to be saved. */
import { type ChunkModel, type Dataset, rowDecoder, splitsOf, spreadRows } from '../../../../inside.ts'
import type { Commands, FilledTable, MadeRows, NamedBytes } from '../../protocol.ts'
import { studioError } from '../failure.ts'
import type { Explorer } from './explorer.ts'

export { anomaliesOf } from './anomalies.ts'

const tables = () => import('../../../../inside.tables.ts')
type Lines = Awaited<ReturnType<typeof tables>>
type TableStream = ReturnType<Lines['openTableBytes']>
type CellTable = Awaited<ReturnType<ChunkModel['synthesize']>>

/** Rows that are shown of new ones, and those of the table that they are compared with at most. */
const SHOWN = 24
const MOST_COMPARED = 2000

/** The score of every row, as `betavae score --out` writes it. */
export async function scoresOf(explorer: Explorer, file?: File): Promise<NamedBytes> {
  const { cellLine, keptCalibration, scoredCells, scoredHead, scoredRows } = await tables()
  const table = await explorer.table()
  const stream = await streamOf(explorer, file)
  const usual = { calibration: keptCalibration(explorer.explored.trained.values) }
  const lines: string[] = []
  for await (const chunk of stream.chunks()) {
    const scored = scoredRows(table.columns, chunk, await table.score(chunk), usual, 1)
    const rows = scored.map((row, at) => ({ row: chunk.first + at + 1, ...row }))
    if (lines.length === 0 && rows.length > 0) lines.push(cellLine(scoredHead(rows[0])))
    for (const row of rows) lines.push(cellLine(scoredCells(row)))
  }
  return csv(`${stream.name}-scores`, lines)
}

/** The table with its gaps filled; what is known stays as it is written. */
export async function filledTable(explorer: Explorer, file?: File): Promise<FilledTable> {
  const { cellLine, filledRows } = await tables()
  const table = await explorer.table()
  const stream = await streamOf(explorer, file)
  const filled = new Map<string, number>()
  const lines: string[] = []
  let rows = 0
  for await (const chunk of stream.chunks()) {
    const { schema, columns } = table
    const cells = filledRows(chunk, { schema, columns, rows: (await table.impute(chunk)).rows })
    if (lines.length === 0) lines.push(cellLine(chunk.columns))
    for (const [at, row] of cells.entries()) {
      lines.push(cellLine(row))
      row.forEach((cell, column) => {
        if (cell === chunk.rows[at][column]) return
        const name = chunk.columns[column]
        filled.set(name, (filled.get(name) ?? 0) + 1)
      })
    }
    rows += cells.length
  }
  const columns = (table.gapFills ?? []).flatMap((fill) => {
    const cells = filled.get(fill.column) ?? 0
    return cells === 0 ? [] : [{ ...fill, cells }]
  })
  return { file: await csv(`${stream.name}-filled`, lines), rows, columns }
}

/** New rows with all columns of the table, and how like its rows they are. */
export async function madeRows(
  explorer: Explorer,
  { count, seed, condition = {} }: Commands['makeRows']['given'],
): Promise<MadeRows> {
  const { cellLine, wholeTable, withGapWords } = await tables()
  const table = await explorer.table()
  const { schema } = table
  const where = Object.entries(condition).map(([name, value]) => `${name}="${value}"`)
  const made = await table.synthesize(count, { seed, ...(where.length > 0 && { where: where.join() }) })
  const whole = wholeTable(schema, made, { seed })
  const written = withGapWords(schema, whole)
  const rows = whole.rows.slice(0, SHOWN)
  return {
    file: await csv(`${explorer.explored.name}-made`, [
      cellLine(written.columns),
      ...written.rows.map((row) => cellLine(row)),
    ]),
    shown: { kind: 'cells', count: rows.length, columns: whole.columns, rows },
    ...(where.length === 0
      ? await likeness(explorer, made, seed)
      : { fidelity: [], unsaid: ['Rows under a condition are not compared with those of the whole table.'] }),
  }
}

/** How like the rows of the table made ones are, in the modelled columns. */
async function likeness(
  explorer: Explorer,
  { rows }: CellTable,
  seed: number,
): Promise<Pick<MadeRows, 'fidelity' | 'unsaid'>> {
  const { fidelityOf, fidelityRows, plainTable, unsaidLines } = await tables()
  const { schema, columns } = await explorer.table()
  const real = await realRows(explorer, columns)
  const modelled = { columns, rows: rows.map((row) => row.slice(0, columns.length)) }
  const report = await fidelityOf(
    { train: plainTable(schema, real.train), heldOut: plainTable(schema, real.heldOut) },
    plainTable(schema, modelled),
    { seed },
  )
  return { fidelity: fidelityRows(report), unsaid: unsaidLines(report) }
}

/** Rows that the model learned from and that it did not, as cells; of those that came with a run nobody knows which. */
async function realRows(explorer: Explorer, columns: readonly string[]) {
  const { schema } = await explorer.table()
  const decode = rowDecoder(schema)
  const cells = async (dataset: Dataset, all: Uint32Array) => {
    const places = spreadRows(all.length, MOST_COMPARED)
    const { data } = await dataset.read(Array.from(places, (place) => all[place]))
    return { columns, rows: decode(Float32Array.from(data)) }
  }
  const { of, trained } = explorer.explored
  if (of === 'run')
    return {
      train: await cells(explorer.dataset, everyRow(explorer.dataset)),
      heldOut: { columns, rows: [] },
    }
  const { train, validation } = splitsOf(trained.recipe, explorer.dataset)
  return {
    train: await cells(train.dataset, train.indices),
    heldOut: await cells(validation.dataset, validation.indices),
  }
}

const everyRow = ({ count }: Dataset): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row)

/** A table that was given, or that which the model was trained on. Error: `studio/no-rows`. */
async function streamOf(explorer: Explorer, file?: File): Promise<TableStream> {
  if (file) {
    const { openTableBytes } = await tables()
    const { columns } = await explorer.table()
    const { separator, header, encoding } = explorer.explored.trained.recipe.data
    const asTrained = { known: columns, usual: { separator, header, encoding } }
    return openTableBytes(file.name, new Uint8Array(await file.arrayBuffer()), asTrained)
  }
  const { stream, name } = explorer.explored
  return (
    stream ??
    (() => {
      throw studioError({
        code: 'studio/no-rows',
        seen: `the model "${name}" without its table`,
        wanted: 'a table with the columns that it was trained on',
        fix: 'choose a file',
      })
    })()
  )
}

async function csv(name: string, lines: readonly string[]): Promise<NamedBytes> {
  const { markedCsv } = await tables()
  const bytes = new TextEncoder().encode(markedCsv(`${lines.join('\n')}\n`))
  return { name: `${name}.csv`, type: 'text/csv', bytes }
}
