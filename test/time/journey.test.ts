/** Windows from the command line: trained, scored and filled, on rows in any order of the file. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { put } from '../advice/world.ts'
import { csvOf, normalSeries } from './series.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const ROWS = 600
const SPIKE = { row: 333, column: 1 }

beforeAll(async () => {
  process.chdir(folder.path)
  const rows = normalSeries(ROWS, 41)
  await put('normal.csv', csvOf(rows))
  const spiked = rows.map((row) => [...row])
  spiked[SPIKE.row][SPIKE.column] += 4
  const [head, ...lines] = csvOf(spiked).trimEnd().split('\n')
  await put('spiked.csv', `${[head, ...lines].join('\n')}\n`)
  await put('backwards.csv', `${[head, ...lines.toReversed()].join('\n')}\n`)
  await put(
    'gaps.csv',
    `${[head, ...lines.map((line, row) => (row % 50 === 7 ? gap(line) : line))].join('\n')}\n`,
  )
  const words = [
    '--order',
    'time',
    '--window',
    '8',
    '--hidden',
    '16',
    '--latent',
    '4',
    '--steps',
    '60',
    '--threads',
    '1',
  ]
  const { code, err } = await inProcess('train', 'normal.csv', ...words, '--out', 'run')
  expect(code, err).toBe(0)
}, 60_000)

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

/** Without its third cell. */
const gap = (line: string) => line.split(',').with(2, '').join()

const scoresOf = async (file: string) => {
  const { code, err } = await inProcess('score', 'run', file, '--out', 'scores.csv')
  expect(code, err).toBe(0)
  const [head, ...lines] = (await readFile('scores.csv', 'utf8')).trimEnd().split('\n')
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])))
}

test('every row has a line, and the wrong cell is named', async () => {
  const scores = await scoresOf('spiked.csv')
  expect(scores).toHaveLength(ROWS)
  const odd = scores.toSorted((a, b) => Number(b.score) - Number(a.score))[0]
  expect(odd).toMatchObject({ row: String(SPIKE.row + 1), column: 'supply' })
  expect(Number(odd.p)).toBeLessThan(0.05)
})

test('what is said of a row hangs on when it was, not on where it stands', async () => {
  const forwards = await scoresOf('spiked.csv')
  const backwards = await scoresOf('backwards.csv')
  const own = ({ score, column, expected, nats }: Record<string, string>) => ({
    score,
    column,
    expected,
    nats,
  })
  expect(backwards.toReversed().map(own)).toEqual(forwards.map(own))
})

test('the recipe says all that scoring needs', async () => {
  const { data, model } = JSON.parse(await readFile('run/recipe.json', 'utf8'))
  expect(data.windows).toMatchObject({ order: 'time', rows: 8, stride: 1 })
  expect(data.windows.schema.columns).toMatchObject([{ name: 'time', kind: 'datetime' }])
  expect(model.likelihood.columns[0]).toMatchObject({ times: 8 })
})

test('what is made of single rows is refused', async () => {
  for (const words of [
    ['synthesize', 'run', '--rows', '5', '--where', 'flow>3', '--out', 'new.csv'],
    ['export', 'run', '--to', 'score'],
  ]) {
    const { code, err } = await inProcess(...words)
    expect(code).toBe(2)
    expect(err).toContain('[table/windows]')
  }
})
