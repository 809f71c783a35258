import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leaveFor, temporaryFolder, told } from './running.testing.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const SMALL = ['--hidden', '8', '--threads', '1']

beforeAll(() => process.chdir(folder.path))

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

test('discs are trained on, judged and drawn from by their name', async () => {
  await told('train', 'discs', ...SMALL, '--steps', '20', '--out', 'run')
  expect(JSON.parse(await readFile('run/recipe.json', 'utf8'))).toMatchObject({
    data: { source: 'discs', binarize: 'none', scaling: 'none' },
    model: { latent: { size: 10 }, likelihood: { name: 'bernoulli' } },
  })
  expect(JSON.parse(await told('evaluate', 'run', '--json'))).toMatchObject({ split: 'test', count: 173 })
  await told('sample', 'run', '--count', '4', '--out', 'samples.png')
  expect([...(await readFile('samples.png')).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
})

test('what is like dSprites is called so in the report and in the model’s card', async () => {
  const few = ['--validation', '0.0001', '--test', '0.0002']
  await told('train', 'dsprites', ...SMALL, '--batch', '8', '--steps', '2', ...few, '--out', 'sprites')
  expect(await readFile('sprites/report.html', 'utf8')).toContain('<h1>dSprites-like</h1>')
  expect(JSON.parse(await readFile('sprites/model/card.json', 'utf8'))).toMatchObject({
    data: { name: 'dSprites-like', exampleShape: [1, 64, 64], scaling: 'none' },
  })
})
