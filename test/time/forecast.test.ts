/** Rows ahead of series: beside the predictor of a known state-space model, of several series with levels, and what is refused. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { type OpenedTableRun, openTableRun, type TableModel, trainTable } from '../../src/inside.node.ts'
import { put } from '../advice/world.ts'
import { COLUMNS, DAY, normalSeries, tableOfSeries } from './series.ts'
import { filterAndSmooth, stateSpaceSeries } from './state-space.ts'

const home = process.cwd()
const folder = await temporaryFolder()

beforeAll(() => process.chdir(folder.path))

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const NAMES = ['a', 'b']
const csvOf = (rows: readonly (readonly number[])[]): string =>
  ['time,a,b', ...rows.map((row, at) => [at, ...row.map((x) => x.toFixed(5))].join())].join('\n')

const mean = (all: readonly number[]) => all.reduce((sum, own) => sum + own / all.length, 0)

describe('of a state-space model whose parameters are known', () => {
  const KNOWN = 60
  /** More than the window has. */
  const AHEAD = 30
  const SERIES = 150
  let run: OpenedTableRun
  /** Forecasts beside the predictor's, one for each number ahead. */
  const found: {
    step: number
    truth: number
    own: number
    wanted: number
    low: number
    high: number
    width: number
  }[] = []

  beforeAll(async () => {
    await put('series.csv', csvOf(stateSpaceSeries(10_000, 21)))
    const words = '--order time --window 24 --hidden 8 --latent 2 --steps 20 --threads 1 --out run'
    const { code, err } = await inProcess('train', 'series.csv', ...words.split(' '))
    expect(code, err).toBe(0)
    run = await openTableRun('run')
    for (let seed = 0; seed < SERIES; seed++) {
      const all = stateSpaceSeries(KNOWN + AHEAD, 3000 + seed)
      const known = all.slice(0, KNOWN)
      const rows = known.map((row, at) => [at, ...row.map((x) => Number(x.toFixed(5)))])
      const chunk = { columns: ['time', ...NAMES], first: 0, rows }
      const { rows: own, intervals } = await run.table.impute(chunk, { ahead: AHEAD, interval: 0.9 })
      const ends = Array.from({ length: AHEAD }, () => [null, null])
      const { smoothed, ahead } = filterAndSmooth([...known, ...ends])
      for (let row = KNOWN; row < KNOWN + AHEAD; row++)
        for (const column of [0, 1])
          found.push({
            step: row - KNOWN,
            truth: all[row][column],
            own: Number(own[row][column]),
            wanted: smoothed[row][column],
            low: Number(intervals?.low[row][column]),
            high: Number(intervals?.high[row][column]),
            width: 2 * 1.6449 * Math.sqrt(ahead[row][column]),
          })
    }
  }, 120_000)

  afterAll(() => run[Symbol.dispose]())

  test('forecasts err as the predictor does, within 2%, at every distance', () => {
    for (const own of [found, found.filter(({ step }) => step < 3), found.filter(({ step }) => step >= 24)]) {
      const error = (of: 'own' | 'wanted') => mean(own.map((each) => (each[of] - each.truth) ** 2))
      expect(Math.sqrt(error('own') / error('wanted'))).toBeLessThan(1.02)
    }
  })

  test('intervals are as wide as the predictor has them, within 4%', () => {
    for (const step of [0, 1, 5, AHEAD - 1]) {
      const own = found.filter((each) => each.step === step)
      expect(Math.abs(mean(own.map(({ low, high, width }) => (high - low) / width)) - 1)).toBeLessThan(0.04)
    }
  })

  test('nine intervals in ten hold what came, within the binomial band', () => {
    // Of each series one number, so that none hangs on another.
    const one = found.filter((_, at) => at % (2 * AHEAD) === (7 * Math.floor(at / (2 * AHEAD))) % (2 * AHEAD))
    const share = mean(one.map(({ truth, low, high }) => (truth >= low && truth <= high ? 1 : 0)))
    expect(Math.abs(share - 0.9)).toBeLessThan(2.6 * Math.sqrt((0.9 * 0.1) / one.length))
  })

  test('from the command line, and not of rows without an order', async () => {
    await put('short.csv', csvOf(stateSpaceSeries(80, 22)))
    const words = 'impute short.csv --run run --ahead 5 --interval 0.9'
    const { code, err } = await inProcess(...words.split(' '), '--out', 'ahead.csv')
    expect(code, err).toBe(0)
    const [head, ...lines] = (await readFile('ahead.csv', 'utf8')).trimEnd().split('\n')
    expect(head).toBe('time,a,b,a.low,a.high,b.low,b.high')
    expect(lines).toHaveLength(85)
    expect(lines[0].split(',').slice(3)).toEqual(['', '', '', ''])
    expect(lines[84].split(',').map((cell) => cell !== '')).toEqual(new Array(7).fill(true))
    expect(lines[84].split(',')[0]).toBe('84')
    const drawn = await inProcess(...words.split(' '), '--samples', '2', '--out', 'drawn.csv')
    expect(drawn.code, drawn.err).toBe(0)
    expect(await readFile('drawn.1.csv', 'utf8')).not.toBe(await readFile('drawn.2.csv', 'utf8'))
    const none = await inProcess('impute', 'short.csv', '--run', 'run', '--ahead', '0', '--out', 'x.csv')
    expect(none.code).toBe(2)
    const untrained = await inProcess('impute', 'short.csv', '--ahead', '3', '--out', 'x.csv')
    expect(untrained.err).toContain('[cli/ahead-run]')
    await inProcess('train', 'short.csv', '--steps', '5', '--hidden', '4', '--latent', '1', '--out', 'plain')
    await put('holed.csv', 'time,a,b\n1,,0.5\n2,0.5,\n')
    const gaps = await inProcess(
      'impute',
      'holed.csv',
      '--run',
      'plain',
      '--interval',
      '0.9',
      '--out',
      'gaps.jsonl',
    )
    expect(gaps.code, gaps.err).toBe(0)
    const [first] = (await readFile('gaps.jsonl', 'utf8')).split('\n').map((line) => JSON.parse(line || '{}'))
    expect(Number(first['a.low'])).toBeLessThan(Number(first['a.high']))
    expect(first['b.low']).toBeNull()
    const plain = await inProcess('impute', 'short.csv', '--run', 'plain', '--ahead', '3', '--out', 'x.csv')
    expect(plain.err).toContain('[table/ahead]')
  }, 60_000)
})

describe('of several series with levels', () => {
  const HOURS = 400
  const tables = ['north', 'south'].flatMap((site, which) =>
    tableOfSeries(normalSeries(HOURS, 60 + which)).map(({ time, supply, power }) => ({
      ...{ time, site, supply, power },
      state: Number(supply) > 20 ? 'warm' : 'cold',
    })),
  )
  let model: TableModel

  beforeAll(async () => {
    const draft = {
      data: { windows: { order: 'time', group: 'site', rows: 12 } },
      model: { latent: { size: 4 }, architecture: { name: 'mlp', hidden: [32] } },
      training: { steps: 300 },
    } as const
    model = await trainTable(tables, draft)
  }, 120_000)

  afterAll(() => model.dispose())

  test('each goes on by its step, with its name, numbers and levels, and intervals of numbers', async () => {
    const rows = await model.impute(tables, { ahead: DAY, interval: 0.8 })
    expect(rows).toHaveLength(tables.length + 2 * DAY)
    expect(rows.slice(0, tables.length)).toMatchObject(tables)
    const ahead = rows.slice(tables.length)
    expect(ahead.map(({ site }) => site)).toEqual(
      ['north', 'south'].flatMap((site) => new Array(DAY).fill(site)),
    )
    const own = tableOfSeries(normalSeries(HOURS + DAY, 60)).slice(HOURS)
    expect(ahead.slice(0, DAY).map(({ time }) => time)).toEqual(own.map(({ time }) => time))
    expect(rows[0]['supply.low']).toBeNull()
    for (const row of ahead) {
      expect(['warm', 'cold']).toContain(row.state)
      expect(Number(row['supply.low'])).toBeLessThan(Number(row.supply))
      expect(Number(row['supply.high'])).toBeGreaterThan(Number(row.supply))
      expect(row).not.toHaveProperty('state.low')
    }
    // The level follows the number that it follows in all rows.
    const right = ahead.filter(({ supply, state }) => (Number(supply) > 20 ? 'warm' : 'cold') === state)
    expect(right.length).toBeGreaterThan(0.85 * ahead.length)
  }, 60_000)

  test('rows of no series are refused, and so is a share that is none', async () => {
    await expect(model.impute(tables.slice(0, 1), { ahead: 2 })).rejects.toThrow(/table\/ahead/)
    await expect(model.impute(tables, { ahead: 0 })).rejects.toThrow(/infer\/count/)
    await expect(model.impute(tables, { interval: 1 })).rejects.toThrow(/infer\/share/)
  })
})

test('a daily rhythm is told better than by the day before', async () => {
  const all = tableOfSeries(normalSeries(1200 + DAY, 31))
  const draft = {
    data: { windows: { order: 'time' } },
    model: { latent: { size: 2 }, architecture: { name: 'mlp', hidden: [8] } },
    training: { steps: 20 },
  } as const
  using model = await trainTable(all.slice(0, 1200), draft)
  const rows = await model.impute(all.slice(0, 1200), { ahead: DAY })
  const off = (row: number, told: (typeof all)[number], name: string) =>
    Math.abs(Number(told[name]) - Number(all[row][name]))
  const errors = COLUMNS.map((name) => {
    const usual = Array.from({ length: 1200 - DAY }, (_, at) => off(at + DAY, all[at], name))
    const own = Array.from({ length: DAY }, (_, at) =>
      off(1200 + at, rows[1200 + at] as (typeof all)[number], name),
    )
    return mean(own) / mean(usual)
  })
  // The mean absolute scaled error. Hyndman & Koehler 2006.
  expect(mean(errors)).toBeLessThan(1)
}, 60_000)
