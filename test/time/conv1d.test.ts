/** Convolutions over time from the command line: trained, refused where there is no time, and the same for a row anywhere. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { put } from '../advice/world.ts'
import { normalSeries } from './series.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const ROWS = 500

/** Two sensors, which of four quarters of its day a row is in, and every tenth row later than the others. */
const csvOf = (rows: readonly (readonly number[])[]): string =>
  [
    'time,flow,supply,quarter',
    ...rows.map(([flow, supply], at) =>
      [at + Math.floor(at / 10), flow.toFixed(4), supply.toFixed(4), `q${Math.floor((at % 48) / 12)}`].join(),
    ),
  ].join('\n')

const words =
  '--order time --window 12 --steps 100 --batch 32 --latent 4 --threads 1 --no-report --objective autoencoder'.split(
    ' ',
  )
const small = '--channels 8 --hidden 16'.split(' ')

beforeAll(async () => {
  process.chdir(folder.path)
  const rows = normalSeries(ROWS, 7)
  await put('series.csv', csvOf(rows))
  await put('end.csv', csvOf(rows).split('\n').toSpliced(1, 300).join('\n'))
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const trained = async (out: string, ...more: string[]) => {
  const { code, err } = await inProcess('train', 'series.csv', ...words, ...more, '--out', out)
  expect(code, err).toBe(0)
  const { model } = JSON.parse(await readFile(`${out}/recipe.json`, 'utf8'))
  const [first, ...later] = (await readFile(`${out}/events.jsonl`, 'utf8'))
    .trimEnd()
    .split('\n')
    .flatMap((line) => JSON.parse(line).validation?.loss ?? [])
  return { architecture: model.architecture, gained: first - later[later.length - 1] }
}

test('windows are read over time, one level of a column a channel, and the loss falls', async () => {
  const { architecture, gained } = await trained('plain', '--arch', 'conv1d', ...small)
  expect(architecture).toMatchObject({ name: 'conv1d', dilations: [1, 2, 4, 8], padding: 'same' })
  expect(gained).toBeGreaterThan(4)
}, 60_000)

test('so they are by causal ones', async () => {
  const { architecture, gained } = await trained(
    'causal',
    '--arch',
    'conv1d',
    '--padding',
    'causal',
    ...small,
  )
  expect(architecture).toMatchObject({ dilations: [1, 2, 4], padding: 'causal' })
  expect(gained).toBeGreaterThan(4)
})

test('rows are scored to the same bits, whatever rows stand in the file before their windows', async () => {
  const linesOf = async (table: string) => {
    const { code, err } = await inProcess('score', 'plain', table, '--out', 'scores.csv')
    expect(code, err).toBe(0)
    const [head, ...lines] = (await readFile('scores.csv', 'utf8')).trimEnd().split('\n')
    const place = head.split(',').indexOf('row')
    return lines.slice(-60).map((line) => line.split(',').toSpliced(place, 1).join())
  }
  expect(await linesOf('end.csv')).toEqual(await linesOf('series.csv'))
})

test('rows in no order are refused', async () => {
  const { code, err } = await inProcess('train', 'series.csv', '--arch', 'conv1d', '--out', 'none')
  expect(code).toBe(2)
  expect(err).toContain('[model/no-windows]')
})
