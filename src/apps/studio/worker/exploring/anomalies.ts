import { rowDecoder, topRows } from '../../../../inside.ts'
import type { Anomaly } from '../../protocol.ts'
import type { Explorer } from './explorer.ts'

/** Rows that are scored at once. */
const CHUNK = 2048
/** Columns that are told of a row. */
const TOLD = 5

/** The most unusual rows of a table, and which cells make them so. */
export async function anomaliesOf(explorer: Explorer, count: number): Promise<Anomaly[]> {
  const table = await explorer.table()
  const total = explorer.dataset.count
  const scores = new Float64Array(total)
  for (let first = 0; first < total; first += CHUNK) {
    const rows = await explorer.rows(range(first, Math.min(total, first + CHUNK)))
    scores.set((await table.scoreEncoded(Float32Array.from(rows.data))).score, first)
  }
  const { causesIn } = await import('../../../../inside.tables.ts')
  const decode = rowDecoder(table.schema)
  const anomalies: Anomaly[] = []
  for (const row of topRows(scores, count)) {
    const { data } = await explorer.rows([row])
    const [cells] = decode(Float32Array.from(data))
    const chunk = { columns: table.columns, first: row, rows: [cells] }
    const causes = causesIn(table.columns, chunk, await table.score(chunk))
    anomalies.push({
      row: explorer.explored.rowNumbers?.[row] ?? row,
      example: row,
      score: scores[row],
      causes: causes(0, TOLD),
    })
  }
  return anomalies
}

const range = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to - from }, (_, at) => from + at)
