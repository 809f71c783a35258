/** Drift of a later period from what a model of a series was trained on. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { put } from '../advice/world.ts'
import { autoregression, csvOfRows } from './autoregression.ts'

const home = process.cwd()
const folder = await temporaryFolder()
beforeAll(() => process.chdir(folder.path))
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

test('rows like those before them are no drift; a level that moved is, and scores of another dependence', async () => {
  await put('train.csv', csvOfRows(autoregression(4000, 5)))
  const words =
    'train train.csv --order time --window 12 --hidden 8 --latent 2 --steps 20 --threads 1 --out run'
  expect(await inProcess(...words.split(' '))).toMatchObject({ code: 0 })
  const told = async (file: string) => {
    const { code, out, err } = await inProcess('drift', 'run', file, '--json')
    expect(code, err).toBe(0)
    return JSON.parse(out)
  }
  const later = autoregression(1000, 8)
  await put('same.csv', csvOfRows(later))
  await put('moved.csv', csvOfRows(later.map(([a, b]) => [a + 4, b])))
  await put('broken.csv', csvOfRows(later.map(([a], row) => [a, later[(row * 397) % 1000][1]])))
  const same = await told('same.csv')
  expect(same.columns.filter(({ drifted }: { drifted: boolean }) => drifted)).toEqual([])
  expect(same.scores.drifted).toBe(false)
  const moved = await told('moved.csv')
  expect(moved.columns[0]).toMatchObject({ column: 'a', drifted: true })
  expect(moved.columns[1]).toMatchObject({ column: 'b', drifted: false })
  // Each column is as it was; but what comes after what is not.
  const broken = await told('broken.csv')
  expect(broken.columns.filter(({ drifted }: { drifted: boolean }) => drifted)).toEqual([])
  expect(broken.scores.drifted).toBe(true)
}, 120_000)
