/** New series beside a known autoregression, and written as their table. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { trainTable } from '../../src/inside.node.ts'
import { put } from '../advice/world.ts'
import { autoregression, csvOfRows } from './autoregression.ts'
import { normalSeries, tableOfSeries } from './series.ts'

const home = process.cwd()
const folder = await temporaryFolder()
beforeAll(() => process.chdir(folder.path))
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const mean = (all: readonly number[]) => all.reduce((sum, own) => sum + own / all.length, 0)
const productAt = (a: readonly number[], b: readonly number[], lag: number) =>
  mean(a.slice(lag).map((x, at) => x * b[at]))

test('numbers vary and hang together as the autoregression has them, within windows and over their borders', async () => {
  await put('train.csv', csvOfRows(autoregression(8000, 5)))
  const words =
    'train train.csv --order time --window 12 --hidden 8 --latent 2 --steps 20 --threads 1 --out run'
  const trained = await inProcess(...words.split(' '))
  expect(trained.code, trained.err).toBe(0)
  const made = await inProcess(...'synthesize run --rows 20000 --out new.csv --json'.split(' '))
  expect(made.code, made.err).toBe(0)
  const [head, ...lines] = (await readFile('new.csv', 'utf8')).trimEnd().split('\n')
  expect(head).toBe('time,a,b')
  const rows = lines.map((line) => line.split(',').map(Number))
  expect(rows.map(([time]) => time)).toEqual(Array.from({ length: 20_000 }, (_, at) => at))
  const [a, b] = [1, 2].map((column) => rows.map((row) => row[column]))
  // Each number is .9 of the one before, and what moves it has variance 1, a third of which both share.
  const variance = 1 / (1 - 0.81)
  for (const own of [a, b]) {
    expect(Math.abs(mean(own))).toBeLessThan(0.4)
    expect(Math.abs(productAt(own, own, 0) / variance - 1)).toBeLessThan(0.12)
    // What 8,000 rows tell of greater distances is less sure.
    for (const lag of [1, 2, 5, 10, 14])
      expect(Math.abs(productAt(own, own, lag) / productAt(own, own, 0) - 0.9 ** lag)).toBeLessThan(
        0.01 + 0.007 * lag,
      )
  }
  expect(Math.abs(productAt(a, b, 0) / variance - 1 / 3)).toBeLessThan(0.08)
  for (const { distance } of JSON.parse(made.out).marginals.columns) expect(distance).toBeLessThan(0.1)
}, 120_000)

test('several series have times, names and levels as the table writes them', async () => {
  const table = [3, 4, 5].flatMap((which) =>
    tableOfSeries(normalSeries(300, 70 + which)).map(({ time, supply, flow }) => ({
      ...{ time, machine: `M-0${which}`, supply },
      flow: Number(flow) ** 2,
      state: Number(supply) > 20 ? 'warm' : 'cold',
    })),
  )
  const draft = {
    data: { windows: { order: 'time', group: 'machine', rows: 12 } },
    model: { latent: { size: 4 }, architecture: { name: 'mlp', hidden: [32] } },
    training: { steps: 300 },
  } as const
  using model = await trainTable(table, draft)
  const made = await model.synthesize(120, { series: 2, seed: 3 })
  expect(made).toEqual(await model.synthesize(120, { series: 2, seed: 3 }))
  expect(made.map(({ machine }) => machine)).toEqual(
    ['M-06', 'M-07'].flatMap((name) => new Array(120).fill(name)),
  )
  expect(made.slice(0, 120).map(({ time }) => time)).toEqual(table.slice(0, 120).map(({ time }) => time))
  expect(made[120].time).toBe(table[0].time)
  expect(made[0].supply).not.toBe(made[120].supply)
  const right = made.filter(({ supply, state }) => (Number(supply) > 20 ? 'warm' : 'cold') === state)
  expect(right.length).toBeGreaterThan(0.75 * made.length)
  // Ranks are the data's, so that nothing is made that could not be: squares have no sign.
  expect(Math.min(...made.map(({ flow }) => Number(flow)))).toBeGreaterThan(0)
  const changes = (rows: typeof made) =>
    mean(rows.slice(1, 100).map(({ supply }, at) => Math.abs(Number(supply) - Number(rows[at].supply))))
  expect(changes(made) / changes(table)).toBeGreaterThan(0.7)
  expect(changes(made) / changes(table)).toBeLessThan(1.4)
  await expect(model.synthesize(5, { where: 'state=warm' })).rejects.toThrow(/table\/windows/)
  await expect(model.synthesize(5, { series: 0 })).rejects.toThrow(/infer\/count/)
}, 120_000)

test('several series of a table that has one are refused, and series of rows without an order', async () => {
  const several = await inProcess(...'synthesize run --rows 5 --series 2 --out x.csv'.split(' '))
  expect(several.err).toContain('[infer/series]')
  await inProcess(...'train train.csv --steps 5 --hidden 4 --latent 1 --out plain'.split(' '))
  const plain = await inProcess(...'synthesize plain --rows 5 --series 2 --out x.csv'.split(' '))
  expect(plain.err).toContain('[infer/series]')
}, 60_000)
