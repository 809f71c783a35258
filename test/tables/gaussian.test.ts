/** A table of correlated normal columns with a fifth of its cells missing: the model against what is exactly known. */
import { expect, test } from 'vitest'
import type { ModelParts } from '../../src/infer/model-parts.ts'
import { openCells } from '../../src/infer/tables/cells.ts'
import {
  nodeEngines,
  openChunkModel,
  openEngine,
  rowEncoder,
  type TableSchema,
  tableDataset,
  tableOf,
  train,
} from '../../src/inside.node.ts'
import { modelParts } from '../../src/recipe/trained.ts'
import { type GaussianTable, gaussianTable } from './gaussian-table.ts'

const ROWS = 6000
const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })

const asTable = ({ names, rows }: ReturnType<typeof gaussianTable>) =>
  tableOf(
    rows.map((row) => Object.fromEntries(row.map((x, j) => [names[j], x]))),
    'gaussian',
  )

test('gaps come near the exact conditional mean, known cells near their exact density', async () => {
  const dataset = await tableDataset(asTable(gaussianTable(ROWS, 0.2, 1)))
  expect(dataset.table.columns.map(({ kind }) => kind)).toEqual(new Array(6).fill('real'))
  const { trained } = await train(
    {
      data: { source: 'gaussian', validation: 0, test: 0 },
      training: { steps: 4000, learningRate: 'linear(0.002, 0.0001, 4000)' },
    },
    { engine, dataset },
  )
  using model = await openChunkModel(engine, modelParts(trained), dataset.table)
  const fresh = gaussianTable(1000, 0.2, 2)
  const errors = { model: 0, exact: 0 }
  for await (const chunk of asTable(fresh).chunks()) {
    const { rows } = await model.impute(chunk, { draws: 100 })
    rows.forEach((row, i) => {
      const exact = fresh.conditionalMean(fresh.rows[i])
      row.forEach((cell, j) => {
        if (fresh.rows[i][j] !== null) return
        errors.model += (Number(cell) - fresh.full[i][j]) ** 2
        errors.exact += (exact[j] - fresh.full[i][j]) ** 2
      })
    })
  }
  expect(Math.sqrt(errors.model / errors.exact)).toBeLessThan(1.05)
  const { nats, cells } = await shortfall(modelParts(trained), dataset.table, fresh)
  expect(Math.abs(nats / cells)).toBeLessThan(0.02)
}, 60_000)

/** Nats by which known cells have more density exactly than by the model's estimate from 200 weighted draws. */
async function shortfall(parts: ModelParts, schema: TableSchema, fresh: GaussianTable) {
  using cells = await openCells(engine, parts)
  const encode = rowEncoder(schema)
  const scales = schema.columns.map((column) => (column.kind === 'real' ? column.scale : Number.NaN))
  const logWeights = fresh.rows.map((): number[] => [])
  for await (const chunk of asTable(fresh).chunks())
    await cells.draw(encode(chunk), 200, ({ nats, logRatio }, from, count) => {
      const width = nats.length / count
      for (let row = 0; row < count; row++) {
        const cost = nats.subarray(row * width, (row + 1) * width).reduce((sum, x) => sum + x, 0)
        logWeights[chunk.first + from + row].push(-cost - logRatio[row])
      }
    })
  let nats = 0
  let known = 0
  fresh.rows.forEach((row, i) => {
    const top = Math.max(...logWeights[i])
    const mean = logWeights[i].reduce((sum, w) => sum + Math.exp(w - top), 0) / logWeights[i].length
    const own = row.flatMap((x, j) => (x === null ? [] : [Math.log(scales[j])]))
    nats += fresh.logDensity(row) - (top + Math.log(mean) - own.reduce((sum, x) => sum + x, 0))
    known += own.length
  })
  return { nats, cells: known }
}
