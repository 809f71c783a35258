/** Rows of series that are piped in: scored as they come, and gone on with after an end at any place. */
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, start, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { put } from '../advice/world.ts'
import { COLUMNS, csvOf, normalSeries } from './series.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const ROWS = 300
const SPIKE = { row: 233, column: 1 }
let whole: string
let all: Record<string, unknown>[]

/** Two machines whose rows take turns. */
function twoMachines(rows: readonly (readonly number[])[], others: readonly (readonly number[])[]): string[] {
  const [head, ...lines] = csvOf(rows).trimEnd().split('\n')
  const [, ...more] = csvOf(others).trimEnd().split('\n')
  return [
    `${head},machine,mode`,
    ...lines.flatMap((line, at) => [`${line},a,day`, `${more[at]},b,${at % 7 === 0 ? 'night' : 'day'}`]),
  ]
}

const scored = async (input: string, ...words: string[]): Promise<Record<string, unknown>[]> => {
  const { process: child, ended } = start('.', ['score', 'run', '-', ...words])
  child.stdin?.end(input)
  const { code, out, err } = await ended
  expect(code, err).toBe(0)
  return out
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

beforeAll(async () => {
  process.chdir(folder.path)
  const rows = normalSeries(ROWS, 41)
  await put('normal.csv', `${twoMachines(rows, normalSeries(ROWS, 43)).join('\n')}\n`)
  const spiked = rows.map((row) => [...row])
  spiked[SPIKE.row][SPIKE.column] += 4
  whole = `${twoMachines(spiked, normalSeries(ROWS, 43)).join('\n')}\n`
  const words =
    '--order time --group machine --window 8 --hidden 16 --latent 2 --steps 40 --threads 1 --out run'
  const { code, err } = await inProcess('train', 'normal.csv', ...words.split(' '))
  expect(code, err).toBe(0)
  all = await scored(whole)
}, 120_000)

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

test('a row is judged by those before it alone, with its own rates', async () => {
  expect(all).toHaveLength(2 * ROWS)
  const most = all.toSorted((a, b) => Number(b.score) - Number(a.score))[0]
  expect(most).toMatchObject({ row: 2 * SPIKE.row + 1, cause: { column: COLUMNS[SPIKE.column] } })
  const lines = whole.split('\n')
  const some = await scored(`${lines.slice(0, 301).join('\n')}\n`)
  expect(some).toEqual(all.slice(0, 300))
  const odd = all.filter(({ p }) => Number(p) <= 0.05).length
  expect(odd).toBeGreaterThan(0.02 * all.length)
  expect(odd).toBeLessThan(0.1 * all.length)
}, 120_000)

test('what was written goes on behind the last row that counts, to the same bits', async () => {
  const lines = whole.split('\n')
  const state = ['--state', 'live.state', '--out', 'scores.jsonl']
  await scored(`${lines.slice(0, 201).join('\n')}\n`, ...state)
  const before = await readFile('scores.jsonl', 'utf8')
  expect(before.trimEnd().split('\n')).toHaveLength(200)
  // Killed while it wrote on.
  await writeFile('scores.jsonl', `${before}{"score":`)
  await scored(whole, ...state)
  const after = (await readFile('scores.jsonl', 'utf8')).trimEnd().split('\n')
  expect(after.map((line) => JSON.parse(line))).toEqual(all)
}, 120_000)
