/** Rows as JavaScript has them: trained on, scored, filled and made in a few lines, in a page as in Node.js. */
import { beforeAll, describe, expect, test } from 'vitest'
import { fillNormal } from '../base/random.ts'
import type { TableRows } from '../data/tables/held-table.ts'
import { nodeEngines } from '../engine/onnxruntime/node/engines.ts'
import { openEngine } from '../engine/select.ts'
import type { TableModel } from '../infer/tables/table-model.ts'
import { browserPlatform } from './browser.ts'
import { browserOpening } from './browser-tables.ts'
import { openTableModelOn } from './open-table-model.ts'
import { save } from './save.ts'
import { trainTableOn } from './train-table.ts'

const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })
const page = { ...browserPlatform, ...browserOpening }
const trainTable = trainTableOn(page, page)
const openTableModel = openTableModelOn(page)
const noise = fillNormal(new Float32Array(1200), { seed: 5, stream: 77, step: 0 })

interface Plant {
  readonly id: number
  readonly kind: string | undefined
  readonly height: number
  readonly width: number | null
  readonly found: Date | null
}

/** Sizes go with the kind; a tenth of the widths, of the kinds and of the dates is not known. */
const plants: Plant[] = Array.from({ length: 400 }, (_, i) => {
  const height = 10 + 8 * (i % 3) + noise[3 * i]
  return {
    id: i,
    kind: i % 10 === 4 ? undefined : ['fern', 'moss', 'reed'][i % 3],
    height,
    width: i % 10 === 3 ? Number.NaN : height / 2 + noise[3 * i + 1] / 2,
    found: i % 10 === 5 ? new Date(Number.NaN) : new Date(Date.UTC(2024, 0, 1 + ((i * 37) % 365))),
  }
})
const usual: Plant = { id: 1, kind: 'fern', height: 10, width: 5, found: null }
const odd: Plant = { ...usual, width: 30 }
let model: TableModel

beforeAll(async () => {
  model = await trainTable(plants, { training: { steps: 2000 } }, { engine })
}, 120_000)

test('columns are taken for what they are', () => {
  expect(model.columns).toEqual(['kind', 'height', 'width', 'found'])
  expect(model.schema.columns.map(({ kind }) => kind)).toEqual([
    ...['identifier', 'categorical', 'real', 'real', 'datetime'],
  ])
})

describe('score', () => {
  test('a row that does not belong is flagged, with the cell that makes it so', async () => {
    const [first, second] = await model.score([usual, odd], { falseAlarm: 0.1 })
    expect(first.flagged).toBe(false)
    expect(second.flagged).toBe(true)
    expect(second.causes[0]).toMatchObject({ column: 'width', seen: 30 })
    expect(second.p).toBeLessThan(0.05)
    expect(Number(second.causes[0].expected)).toBeLessThan(25)
    expect(second.elbo).toBeCloseTo(-(second.reconstruction + second.kl), 10)
  })

  test('what is missing is no cause, and a row of nothing has a score', async () => {
    const [gaps, nothing] = await model.score([odd, { ...odd, kind: '', height: Number.NaN, width: null }])
    expect(gaps.causes.map(({ column }) => column).toSorted()).toEqual(['height', 'kind', 'width'])
    expect(nothing.causes).toEqual([])
    expect(nothing.score).toBeGreaterThan(0)
  })

  test('causes come least fitting first, and as many as were asked for', async () => {
    const [{ causes }] = await model.score([odd])
    expect(causes.map(({ nats }) => nats)).toEqual(causes.map(({ nats }) => nats).toSorted((a, b) => b - a))
    expect((await model.score([odd], { causes: 1 }))[0].causes).toEqual([causes[0]])
  })

  test('however rows come, they score the same', async () => {
    const known = plants
      .slice(0, 3)
      .map(({ found, ...plant }) => ({ ...plant, found: found?.toISOString() ?? '' }))
    const columns = ['found', 'width', 'height', 'kind', 'id'] as const
    const lists = known.map((plant) => columns.map((name) => plant[name]))
    const csv = [columns, ...lists].map((cells) => cells.join(',')).join('\n')
    const forms: TableRows[] = [
      known,
      { columns, rows: lists },
      csv,
      new TextEncoder().encode(csv),
      JSON.stringify(known),
      known.map((row) => JSON.stringify(row)).join('\n'),
      `data:text/csv,${encodeURIComponent(csv)}`,
    ]
    const scores = await Promise.all(forms.map((form) => model.score(form)))
    for (const own of scores)
      expect(own.map(({ score }) => score)).toEqual(scores[0].map(({ score }) => score))
  })

  test('keys that a row lacks are missing; one that training never saw beside them is refused', async () => {
    const [whole] = await model.score([{ ...usual, width: null }])
    const { width, id, ...rest } = usual
    expect((await model.score([rest]))[0].score).toBe(whole.score)
    await expect(model.score([{ ...rest, wdith: width }])).rejects.toMatchObject({
      code: 'table/columns',
      seen: 'rows without "width", but with "wdith"',
    })
    await expect(model.score([{ id }])).rejects.toMatchObject({ code: 'table/columns' })
  })

  test('no rows have no scores', async () => {
    expect(await model.score([])).toEqual([])
  })

  test('a false-alarm rate that so few held-out rows cannot promise is refused', async () => {
    await expect(model.score([usual], { falseAlarm: 0.001 })).rejects.toMatchObject({
      code: 'anomaly/calibration-size',
    })
  })

  test('a level never seen and a text for a number count as missing, and the row says so', async () => {
    const [whole] = await model.score([{ ...usual, kind: null, height: null }])
    const [row, other] = await model.score([{ ...usual, kind: 'rose', height: 'tall' }, usual])
    expect(row).toEqual({ ...whole, unread: ['kind', 'height'] })
    expect(other).not.toHaveProperty('unread')
    expect(await model.impute([{ ...usual, kind: 'rose' }])).toMatchObject([{ kind: 'rose', height: 10 }])
    const strict = await openTableModel(save(model), { engine, unseen: 'error' })
    for (const [cells, code] of [
      [{ kind: 'rose' }, 'table/unseen-level'],
      [{ height: 'tall' }, 'table/cell'],
    ] as const)
      await expect(strict.score([{ ...usual, ...cells }])).rejects.toMatchObject({ code })
    strict.dispose()
  })

  test.each([
    ['an object in a cell', [{ ...usual, height: {} }], 'table/nested'],
    ['a list of lists', [[1, 2]], 'table/rows'],
    ['a number', 7 as unknown as TableRows, 'table/rows'],
    ['a file that is not there', 'data:text/nothing', 'open/fetch'],
  ])('%s is refused', async (_, rows, code) => {
    await expect(model.score(rows)).rejects.toMatchObject({ code: expect.stringMatching(code) })
  })
})

describe('impute', () => {
  test('fills gaps alone, and leaves rows as they were', async () => {
    const filled = await model.impute(plants)
    filled.forEach((row, i) => {
      const given = plants[i]
      expect(row.id).toBe(given.id)
      if (given.kind !== undefined) expect(row.kind).toBe(given.kind)
      else expect(row.kind).toBe(['fern', 'moss', 'reed'][i % 3])
      if (given.width !== null && !Number.isNaN(given.width)) expect(row.width).toBe(given.width)
      else expect(Math.abs(Number(row.width) - row.height / 2)).toBeLessThan(4)
      expect(row.found).toBeInstanceOf(Date)
      expect(row.found?.getTime()).not.toBeNaN()
    })
    expect(plants[3].width).toBeNaN()
  })

  test('rows that were no objects come out as such', async () => {
    const [row] = await model.impute({
      columns: ['kind', 'height', 'width', 'found'],
      rows: [['fern', 10, null, null]],
    })
    expect(row).toMatchObject({ kind: 'fern', height: 10, found: expect.stringMatching(/^2024-.*Z$/) })
    expect(Math.abs(Number(row.width) - 5)).toBeLessThan(3)
  })
})

test('synthesize makes rows of the columns that are modelled', async () => {
  const rows = await model.synthesize(50, { seed: 2 })
  expect(rows).toHaveLength(50)
  for (const { kind, height, width, found } of rows) {
    expect([...['fern', 'moss', 'reed'], null]).toContain(kind)
    expect(typeof height).toBe('number')
    expect(
      [width, found].every((cell) => cell === null || Number.isFinite(Number(new Date(cell as string)))),
    ).toBe(true)
  }
  expect(await model.synthesize(50, { seed: 2 })).toEqual(rows)
  await expect(model.synthesize(0)).rejects.toMatchObject({ code: 'infer/count' })
})

test('saved and opened it is the same model', async () => {
  using again = await openTableModel(save(model), { engine })
  expect(save(again)).toEqual(save(model))
  expect(await again.score(plants)).toEqual(await model.score(plants))
  expect(await again.impute(plants)).toEqual(await model.impute(plants))
  expect(again.schema).toEqual(model.schema)
})

test('what is said of columns holds, and the events can be read', async () => {
  const training = trainTable(
    plants,
    { data: { exclude: ['found'], kinds: { id: 'real' } }, training: { steps: 3 } },
    { engine, unseen: 'missing' },
  )
  const kinds = new Set<string>()
  for await (const { kind } of training) kinds.add(kind)
  expect([...kinds]).toEqual(expect.arrayContaining(['start', 'step', 'end']))
  using own = await training
  expect(own.columns).toEqual(['id', 'kind', 'height', 'width'])
  const [rose] = await own.score([{ ...usual, kind: 'rose' }])
  expect(rose.causes.map(({ column }) => column)).not.toContain('kind')
})

test('a model of anything else is none of a table', async () => {
  const { trainOn } = await import('./train.ts')
  const run = await trainOn(page)({ data: { source: 'digits' }, training: { steps: 1 } }, { engine })
  await expect(openTableModel(run)).rejects.toMatchObject({ code: 'table/not-a-table', usage: true })
})

test('of a small table so many rows are held out that 5% of false alarms can be promised', async () => {
  using small = await trainTable(plants.slice(0, 100), { training: { steps: 2 } }, { engine })
  expect((await small.score([usual], { falseAlarm: 0.05 }))[0].flagged).toBeDefined()
  using none = await trainTable(plants, { data: { validation: 0 }, training: { steps: 2 } }, { engine })
  expect((await none.score([usual]))[0]).not.toHaveProperty('p')
  await expect(none.score([usual], { falseAlarm: 0.5 })).rejects.toMatchObject({
    code: 'anomaly/calibration-empty',
  })
})
