/** Rows of a series through the library's stream: as from the command line, and gone on with. */
import { expect, test } from 'vitest'
import { type ScoredRow, type TableModel, trainTable } from '../../src/inside.node.ts'
import { COLUMNS, normalSeries, tableOfSeries } from './series.ts'

const SPIKE = { row: 180, column: 1 }

async function through(model: TableModel, rows: readonly object[], held?: Uint8Array) {
  const stream = await model.scoring({ held, causes: 1 })
  const said: ScoredRow[] = []
  const read = stream.readable.pipeTo(new WritableStream({ write: (row) => void said.push(row) }))
  const writer = stream.writable.getWriter()
  for (const row of rows) await writer.write(row)
  await writer.close()
  await read
  return { said, saved: stream.saved() }
}

test('each row is judged by those before it, and another stream goes on to the same bits', async () => {
  const rows = normalSeries(240, 51)
  const draft = {
    data: { windows: { order: 'time', rows: 8 } },
    model: { latent: { size: 2 }, architecture: { name: 'mlp', hidden: [8] } },
    training: { steps: 20 },
  } as const
  using model = await trainTable(tableOfSeries(normalSeries(400, 50)), draft)
  rows[SPIKE.row][SPIKE.column] += 4
  const table = tableOfSeries(rows)
  const { said } = await through(model, table)
  const most = said.reduce((best, { score }, at) => (score > said[best].score ? at : best), 0)
  expect(most).toBe(SPIKE.row)
  expect(said[most].causes[0].column).toBe(COLUMNS[SPIKE.column])
  const first = await through(model, table.slice(0, 100))
  const rest = await through(model, table.slice(100), first.saved)
  expect([...first.said, ...rest.said]).toEqual(said)
}, 120_000)
