import { expect, test } from 'vitest'
import { logGamma } from '../../base/math/log-gamma.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import { columnOf } from '../../data/tables/schema.ts'
import type { Feeds } from '../../engine/engine.ts'
import { completeModel, modelSchema } from '../../model/spec.ts'
import { cellSampler } from './draw-cells.ts'

const ROWS = 20_000
const MEAN = 6
const layout = tableLayout({
  columns: [columnOf({ name: 'visits', kind: 'count', missing: 0, reason: '', low: 0, high: 90 })],
})

/** How often each count is drawn, of the rows of one column with mean 6. */
function drawnCounts(counts: 'poisson' | 'negative-binomial', raw: number): number[] {
  const likelihood = { name: 'columns', columns: [{ group: 'count', slots: 1 }], counts }
  const spec = completeModel(modelSchema.parse({ likelihood }), [2])
  const parameter = { data: Float32Array.of(raw), shape: [1] }
  const values: Feeds = counts === 'poisson' ? {} : { 'likelihood.logConcentration': parameter }
  const centers = Float32Array.from({ length: 2 * ROWS }, (_, i) => (i % 2 === 0 ? MEAN : 1))
  const rows = cellSampler(layout, spec, values)(centers, { seed: 3, stream: 5, first: 0 })
  const seen = new Array<number>(400).fill(0)
  for (let row = 0; row < ROWS; row++) seen[rows[2 * row]]++
  return seen
}

/** The greatest distance of the shares up to each count from those wanted. Kolmogorov & Smirnov. */
function distance(seen: readonly number[], probability: (count: number) => number): number {
  let [above, share, greatest] = [0, 0, 0]
  for (const [count, times] of seen.entries()) {
    share += times / ROWS
    above += probability(count)
    greatest = Math.max(greatest, Math.abs(share - above))
  }
  return greatest
}

/** One in a thousand samples of a distribution lies as far from it. */
const FAR = 1.95 / Math.sqrt(ROWS)
const poisson = (x: number) => Math.exp(x * Math.log(MEAN) - MEAN - logGamma(x + 1))
const negativeBinomial = (r: number) => (x: number) =>
  Math.exp(
    logGamma(x + r) -
      logGamma(r) -
      logGamma(x + 1) +
      r * Math.log(r / (r + MEAN)) +
      x * Math.log(MEAN / (r + MEAN)),
  )

test('counts are drawn as the likelihood has them', () => {
  const wide = drawnCounts('negative-binomial', Math.log(1.5 / 8))
  const r = 8 * Math.exp(Math.log(1.5 / 8) / Math.sqrt(1 + (Math.log(1.5 / 8) / 20) ** 2))
  expect(distance(wide, negativeBinomial(r))).toBeLessThan(FAR)
  expect(distance(wide, poisson)).toBeGreaterThan(0.1)
  const narrow = drawnCounts('poisson', 0)
  expect(distance(narrow, poisson)).toBeLessThan(FAR)
})
