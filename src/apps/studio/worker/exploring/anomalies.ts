import { rowDecoder, topRows } from '../../../../inside.ts'
import type { Anomalies, Anomaly } from '../../protocol.ts'
import type { Explorer } from './explorer.ts'
import { givenOf } from './given.ts'

/** Rows that are scored at once. */
const CHUNK = 2048
/** Columns that are told of a row. */
const TOLD = 5

/** The most unusual rows of a table, and which cells make them so. */
export async function anomaliesOf(explorer: Explorer, count: number): Promise<Anomalies> {
  const table = await explorer.table()
  const { joinedExamples, keptCalibration, pValue, scoredRows } = await import('../../../../inside.tables.ts')
  const total = explorer.dataset.count
  const all = new Float64Array(total)
  for (let first = 0; first < total; first += CHUNK) {
    const rows = await explorer.rows(range(first, Math.min(total, first + CHUNK)))
    all.set((await table.scoreEncoded(joinedExamples(rows))).score, first)
  }
  const { trained, rowNumbers } = explorer.explored
  const calibration = keptCalibration(trained.values)
  const decode = rowDecoder(table.schema)
  const rows: Anomaly[] = []
  for (const example of topRows(all, count)) {
    const { x } = await explorer.rows([example])
    const [cells] = decode(Float32Array.from(x.data))
    const given = await givenOf(explorer, example)
    const columns = [...table.columns, ...Object.keys(given)]
    const chunk = { columns, first: example, rows: [[...cells, ...Object.values(given)]] }
    const [scored] = scoredRows(table.columns, chunk, await table.score(chunk), { calibration }, TOLD)
    const { score, p, foundBy, causes } = scored
    const row = rowNumbers?.[example] ?? example
    rows.push({ row, example, score, causes, ...(p !== undefined && { p }), ...(foundBy && { foundBy }) })
  }
  if (calibration === undefined) return { rows }
  const p = all.map((score) => pValue(calibration, score)).sort()
  return { rows, p, least: pValue(calibration, Number.POSITIVE_INFINITY) }
}

const range = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to - from }, (_, at) => from + at)
