/** Planted faults of every kind are found in their order, with the column that has them named; rhythms in no other order. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type ScoredRow, trainTable } from '../../src/inside.node.ts'
import { type Fault, faultySeries, tableOfSeries } from './series.ts'
import { oddStretches } from './stretches.ts'

const ROWS = 2400
const MOST = 20
const { rows, faults } = faultySeries(ROWS, 77)

async function scored(order: readonly number[]): Promise<ScoredRow[]> {
  const table = tableOfSeries(order.map((row) => rows[row]))
  const draft = {
    data: { windows: { order: 'time', rows: 24 } },
    model: { latent: { size: 4 }, architecture: { name: 'mlp', hidden: [16] } },
    training: { steps: 100 },
  } as const
  using model = await trainTable(table, draft)
  return model.score(table, { causes: 1 })
}

const hits = (
  scores: readonly ScoredRow[],
  { from, to, columns }: Fault,
  place: (row: number) => number,
): boolean =>
  oddStretches(
    scores.map(({ score }) => score),
    MOST,
  ).some(({ row }) => {
    const own = place(row)
    return own >= from && own < to && columns.some((name) => name === scores[row].causes[0]?.column)
  })

describe('in order', () => {
  let scores: ScoredRow[]
  beforeAll(async () => {
    scores = await scored([...rows.keys()])
  }, 60_000)

  test.each(
    faults.map((fault) => ({ ...fault, name: `${fault.kind} of ${fault.columns} from ${fault.from}` })),
  )(`$name is among the ${MOST} oddest stretches, and its column is named`, (fault) => {
    expect(hits(scores, fault, (row) => row)).toBe(true)
  })

  test('what stands beside a fault is not blamed', () => {
    const at = new Set(
      faults.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, row) => from + row)),
    )
    const beside = scores.filter(
      (_, row) => !at.has(row) && faults.some(({ from, to }) => row >= from - 24 && row < to + 24),
    )
    const odd = beside.filter(({ score }) => score > 20)
    expect(odd.length).toBeLessThan(0.06 * beside.length)
  })
})

test('with rows in any order broken rhythms are not found: they are odd in nothing else', async () => {
  // Every 997th row, again and again, which goes through all of them.
  const order = Array.from(rows.keys(), (row) => (row * 997) % ROWS)
  const scores = await scored(order)
  const broken = faults.filter(({ kind }) => kind === 'rhythm')
  for (const fault of broken) expect(hits(scores, fault, (row) => order[row])).toBe(false)
}, 60_000)
