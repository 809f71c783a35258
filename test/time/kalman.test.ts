/** Beside the filter and the smoother of a state-space model whose parameters are known. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { type OpenedTableRun, openTableRun } from '../../src/inside.node.ts'
import { put } from '../advice/world.ts'
import { filterAndSmooth, stateSpaceSeries } from './state-space.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const FRESH = 3000
const fresh = stateSpaceSeries(FRESH, 12)
let run: OpenedTableRun

const csvOf = (rows: readonly (readonly (number | null)[])[]): string =>
  ['time,a,b', ...rows.map((row, at) => [at, ...row.map((x) => x?.toFixed(5) ?? '')].join())].join('\n')

beforeAll(async () => {
  process.chdir(folder.path)
  await put('series.csv', csvOf(stateSpaceSeries(10_000, 11)))
  const words = '--order time --window 24 --hidden 8 --latent 2 --steps 20 --threads 1 --out run'
  const { code, err } = await inProcess('train', 'series.csv', ...words.split(' '))
  expect(code, err).toBe(0)
  run = await openTableRun('run')
}, 120_000)

afterAll(async () => {
  run[Symbol.dispose]()
  await leaveFor(home)
  await folder.remove()
})

/** What a number of a column counts in its own units. */
const scales = () =>
  run.table.schema.columns.map((column) => (column.kind === 'real' ? column.scale : Number.NaN))

test('what a row costs given those before it is what the filter says, within 0.02 nats', async () => {
  await put('fresh.csv', csvOf(fresh))
  const live = await run.table.live?.()
  const said: number[] = []
  for await (const { scores } of run.scored(await run.open('fresh.csv'), AbortSignal.timeout(60_000), live))
    said.push(...scores.reconstruction)
  const inUnits = scales().reduce((sum, scale) => sum + Math.log(scale), 0)
  const { nats } = filterAndSmooth(fresh)
  const mean = (all: readonly number[]) => all.reduce((sum, own) => sum + own / all.length, 0)
  const excess = mean(said) + inUnits - mean(nats)
  expect(Math.abs(excess)).toBeLessThan(0.02)
}, 120_000)

test('gaps are filled as the smoother fills them, within 5% of its error', async () => {
  const holed = fresh.map((row, at): (number | null)[] =>
    at % 40 >= 30 && at % 40 < 33 ? [null, null] : at % 40 === 10 ? [null, row[1]] : [...row],
  )
  await put('holed.csv', csvOf(holed))
  const { code, err } = await inProcess('impute', 'holed.csv', '--run', 'run', '--out', 'filled.jsonl')
  expect(code, err).toBe(0)
  const filled = (await readFile('filled.jsonl', 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const { smoothed } = filterAndSmooth(holed)
  const errors = { model: 0, smoother: 0 }
  holed.forEach((row, at) => {
    for (const [column, name] of ['a', 'b'].entries()) {
      if (row[column] !== null) continue
      errors.model += (Number(filled[at][name]) - fresh[at][column]) ** 2
      errors.smoother += (smoothed[at][column] - fresh[at][column]) ** 2
    }
  })
  expect(Math.sqrt(errors.model / errors.smoother)).toBeLessThan(1.05)
}, 120_000)
