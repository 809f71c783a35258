/** Gaps of a table: the same fill wherever a row stands and wherever its model is, and draws that are as wide as they say. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWeights, writeWeights } from '../../src/export/weights.ts'
import {
  type ChunkModel,
  filledRows,
  nodeEngines,
  openChunkModel,
  openEngine,
  type TableChunk,
  tableDataset,
  tableOf,
  train,
} from '../../src/inside.node.ts'
import { modelParts, type Trained } from '../../src/recipe/trained.ts'
import { normalRows } from '../../src/statistics/imputation/tables.testing.ts'

const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })

/** A line, a skewed number, a count, two levels and three, that hang together. */
const rowOf = ([a, b, c, d]: readonly number[]) => ({
  length: a,
  width: 2 * a + 0.3 * b,
  price: Math.exp(0.5 * a + 0.2 * c),
  visits: Math.max(0, Math.round(3 + a + 0.7 * d)),
  member: a + 0.3 * d > 0 ? 'yes' : 'no',
  city: a < -0.6 ? 'Bern' : a < 0.6 ? 'Basel' : 'Genf',
})
type Row = Readonly<Record<string, string | number | null>>
const whole: readonly Row[] = normalRows(420, 4, 11).map(rowOf)
const names = Object.keys(whole[0])
/** Every sixth cell is missing. */
const withGaps = (rows: readonly Row[]): Row[] =>
  rows.map((row, i) =>
    Object.fromEntries(names.map((name, j) => [name, (i * 5 + j * 7) % 6 === 0 ? null : row[name]])),
  )

const chunkOf = (rows: readonly Row[]): TableChunk => ({
  columns: names,
  first: 0,
  rows: rows.map((row) => names.map((name) => row[name])),
})

let trained: Trained
let model: ChunkModel
beforeAll(async () => {
  const dataset = await tableDataset(tableOf(withGaps(whole), 'trips'))
  ;({ trained } = await train(
    { data: { source: 'trips', validation: 0.2, test: 0 }, training: { steps: 150 } },
    { engine, dataset },
  ))
  model = await openChunkModel(engine, modelParts(trained), dataset.table)
})
afterAll(() => model[Symbol.dispose]())

const fresh: readonly Row[] = normalRows(300, 4, 12).map(rowOf)

describe('a row is filled the same', () => {
  const gaps = withGaps(fresh)
  test('alone, backwards, and a hundred times', async () => {
    const { rows } = await model.impute(chunkOf(gaps))
    const { rows: backwards } = await model.impute(chunkOf(gaps.toReversed()))
    expect(backwards.toReversed()).toEqual(rows)
    for (const row of [0, 7, 299])
      expect((await model.impute(chunkOf([gaps[row]]))).rows).toEqual([rows[row]])
    const many = await model.impute(chunkOf(new Array(100).fill(gaps[7])))
    expect(new Set(many.rows.map((row) => row.join())).size).toBe(1)
  })

  test('when its model was written and is read again', async () => {
    const again = await readWeights(writeWeights(trained))
    using other = await openChunkModel(engine, modelParts(again), model.schema)
    expect(await other.impute(chunkOf(gaps), { samples: 2 })).toEqual(
      await model.impute(chunkOf(gaps), { samples: 2 }),
    )
    expect(other.gapFills).toEqual(model.gapFills)
  })
})

test('a row in which nothing stands stays so', async () => {
  const nothing = Object.fromEntries(names.map((name) => [name, null]))
  const chunk = chunkOf([withGaps(fresh)[0], nothing])
  const { rows } = await model.impute(chunk)
  const filled = filledRows(chunk, { schema: model.schema, columns: model.columns, rows })
  expect(filled[0]).not.toContain(null)
  expect(filled[1]).toEqual(names.map(() => null))
})

test('what is missing comes near, and as near as was said', async () => {
  const gaps = withGaps(fresh)
  const { rows } = await model.impute(chunkOf(gaps))
  const fills = model.gapFills ?? []
  expect(fills.map(({ column }) => column)).toEqual(names)
  for (const [j, { error, ofMean, areLevels }] of fills.entries()) {
    const hidden = gaps.flatMap((row, i) => (row[names[j]] === null ? [i] : []))
    const truth = hidden.map((i) => fresh[i][names[j]])
    const said = hidden.map((i) => rows[i][j])
    const numbers = fresh.map((row) => Number(row[names[j]]))
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length
    const unit = Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length)
    const found = areLevels
      ? said.filter((cell, at) => cell !== truth[at]).length / said.length
      : Math.sqrt(
          said.reduce<number>((sum, cell, at) => sum + ((Number(cell) - Number(truth[at])) / unit) ** 2, 0) /
            said.length,
        )
    expect(found).toBeLessThan(ofMean)
    expect(Math.abs(found - error)).toBeLessThan(0.25)
  }
})

test('ninety percent of what is hidden lie where ninety percent of the draws do', async () => {
  const gaps = withGaps(fresh)
  const { samples } = await model.impute(chunkOf(gaps), { samples: 39 })
  const inside = names.slice(0, 4).map((name, j) => {
    const cells = fresh.flatMap((row, i) => {
      if (gaps[i][name] !== null) return []
      const draws = samples.map((sample) => Number(sample[i][j])).sort((a, b) => a - b)
      // Of 39 draws the second from either end: 36 of 40 further ones lie between.
      return [Number(row[name]) >= draws[1] && Number(row[name]) <= draws[37] ? 1 : 0]
    })
    return cells.reduce<number>((sum, is) => sum + is, 0) / cells.length
  })
  const mean = inside.reduce((sum, share) => sum + share, 0) / inside.length
  expect(mean).toBeGreaterThan(0.84)
  expect(mean).toBeLessThan(0.97)
})

test('levels that are missing together are drawn together', async () => {
  const gaps = Array.from(
    { length: 200 },
    (): Row => ({
      ...fresh[0],
      length: null,
      width: null,
      price: null,
      visits: null,
      member: null,
      city: null,
    }),
  )
  const { samples } = await model.impute(chunkOf(gaps), { samples: 1 })
  const [rows] = samples
  const share = (city: string) => {
    const own = rows.filter((row) => row[5] === city)
    return own.filter((row) => row[4] === 'yes').length / own.length
  }
  expect(new Set(rows.map((row) => row[5])).size).toBe(3)
  expect(share('Genf') - share('Bern')).toBeGreaterThan(0.5)
})

test('gaps in new rows alone, of two columns on a line: as near as the line is', async () => {
  const line = normalRows(400, 2, 21).map(([a, b]) => ({ x: a, y: 3 * a + 0.24 * b }))
  const dataset = await tableDataset(tableOf(line, 'line'))
  const { trained: own } = await train(
    { data: { source: 'line', validation: 0.1, test: 0 }, training: { steps: 100 } },
    { engine, dataset },
  )
  using lines = await openChunkModel(engine, modelParts(own), dataset.table)
  const news = normalRows(300, 2, 22).map(([a, b]) => ({ x: a, y: 3 * a + 0.24 * b }))
  const { rows } = await lines.impute({
    columns: ['x', 'y'],
    first: 0,
    rows: news.map(({ x }) => [x, null]),
  })
  const square = rows.reduce((sum, [, y], at) => sum + (Number(y) - news[at].y) ** 2, 0) / rows.length
  expect(Math.sqrt(square)).toBeLessThan(1.2 * 0.24)
})
