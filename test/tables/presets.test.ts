/** Every preset is for tables, too. */
import { expect, test } from 'vitest'
import { fillNormal } from '../../src/base/random.ts'
import { presets, trainTable } from '../../src/inside.node.ts'

const noise = fillNormal(new Float32Array(240), { seed: 6, stream: 1006, step: 0 })
const rows = Array.from({ length: 60 }, (_, row) => ({
  height: noise[4 * row],
  width: row % 9 === 4 ? null : noise[4 * row] / 2 + noise[4 * row + 1] / 4,
  leaves: Math.floor(Math.abs(5 * noise[4 * row + 2])),
  kind: ['fern', 'moss', 'reed'][row % 3],
}))

test.each(presets)('$name trains on a table, scores, fills and makes rows', async ({ name, condition }) => {
  using model = await trainTable(rows, {
    objective: { name },
    training: { steps: 8 },
    // What a preset gives the model is a column here.
    ...(condition && { data: { condition: ['kind'] } }),
  })
  const scores = await model.score(rows)
  expect(scores.every(({ score, p }) => Number.isFinite(score) && p !== undefined)).toBe(true)
  expect((await model.impute(rows)).every(({ width }) => typeof width === 'number')).toBe(true)
  const made = await model.synthesize(20)
  expect(made).toHaveLength(20)
  expect(made.every(({ kind }) => ['fern', 'moss', 'reed'].includes(String(kind)))).toBe(true)
})
