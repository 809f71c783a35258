/** What planted faults are called, and how often anything is said of healthy rows. */
import { type ScoredRow, trainTable } from '../../src/inside.node.ts'
import { ALL_KINDS, faultySeries, normalSeries, tableOfSeries } from './series.ts'

/** How often a fault of each kind is called what; `plain` where only its column is named, `missed` where that is not. */
export type Confusion = Record<string, Record<string, number>>

export interface Told {
  readonly confusion: Confusion
  /** Faults that are called what they are. */
  readonly right: number
  readonly faults: number
  /** Rows of healthy series, and stretches among them of which anything is said. */
  readonly healthy: number
  readonly words: number
}

export async function toldOf(seeds: readonly number[], rows: number): Promise<Told> {
  const confusion: Confusion = {}
  let [right, all, healthy, words] = [0, 0, 0, 0]
  for (const seed of seeds) {
    const { rows: series, faults } = faultySeries(rows, seed, ALL_KINDS)
    const table = tableOfSeries(series)
    using model = await trainTable(table, {
      data: { windows: { order: 'time', rows: 24 } },
      model: { latent: { size: 2 }, architecture: { name: 'mlp', hidden: [8] } },
      // Columns of numbers are judged by a Gaussian beside the network.
      training: { steps: 1 },
    })
    const scores = await model.score(table, { causes: 1 })
    for (const { kind, columns, from, to } of faults) {
      const own = scores
        .slice(from, to)
        .filter(({ causes: [cause] }) => columns.some((name) => name === cause?.column))
      const oddest = own.toSorted((a, b) => b.score - a.score)[0]
      const name = oddest?.stretch ? (oddest.stretch.kind ?? 'plain') : 'missed'
      confusion[kind] = { ...confusion[kind], [name]: (confusion[kind]?.[name] ?? 0) + 1 }
      if (name === kind) right++
      all++
    }
    const others = await model.score(tableOfSeries(normalSeries(rows, seed + 1_000_000)), { causes: 1 })
    healthy += others.length
    words += stretchesWithWords(others)
  }
  return { confusion, right, faults: all, healthy, words }
}

const stretchesWithWords = (rows: readonly ScoredRow[]): number =>
  new Set(rows.flatMap(({ stretch }) => (stretch?.kind ? [stretch] : []))).size
