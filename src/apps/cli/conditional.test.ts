/** Images with classes, of which a model is told. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder, told } from './running.testing.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const SMALL = ['--latent', '2', '--hidden', '16', '--threads', '1', '--no-report']

beforeAll(() => process.chdir(folder.path))
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const train = (out: string, ...more: string[]) =>
  told('train', 'digits', '--objective', 'conditional-vae', ...SMALL, '--out', out, ...more)

test('a conditional VAE is explained, trained, judged, sampled by class, and changes classes', async () => {
  expect(await told('explain', 'digits', '--objective', 'conditional-vae')).toContain(
    'label, given: one of 10',
  )
  await train('run', '--steps', '200')
  const card = JSON.parse(await readFile('run/model/card.json', 'utf8'))
  expect(card.condition.slots.slice(0, 2)).toEqual(['label = 0', 'label = 1'])
  const { files } = card
  const named = (inputs: { name: string }[]) => inputs.map(({ name }) => name)
  expect([named(files.encoder.inputs), named(files.decoder.inputs)]).toEqual([
    ['x', 'condition'],
    ['z', 'condition'],
  ])
  const { elbo, nll } = JSON.parse(await told('evaluate', 'run', '--nll', '10', '--json'))
  expect(-nll.estimate).toBeGreaterThan(elbo)
  await told('sample', 'run', '--where', 'label=3', '--count', '4', '--out', 'threes.npy')
  await told('sample', 'run', '--count', '4', '--out', 'any.npy')
  expect(await readFile('threes.npy')).not.toEqual(await readFile('any.npy'))
  await told('reconstruct', 'run', '--count', '4', '--where', 'label=7', '--out', 'sevens.npy')
  await told('reconstruct', 'run', '--count', '4', '--out', 'same.npy')
  expect(await readFile('sevens.npy')).not.toEqual(await readFile('same.npy'))
  await told('traverse', 'run', '--where', 'label=2', '--out', 'twos.png')
  await told('interpolate', 'run', '--out', 'line.png')
  expect((await told('score', 'run', 'digits', '--draws', '1')).trimEnd().split('\n')).toHaveLength(1798)
  expect((await told('encode', 'run', 'digits')).trimEnd().split('\n')).toHaveLength(1798)
})

test('a training that was stopped is gone on with, to the bits of one that was not', async () => {
  await train('whole', '--steps', '9')
  await train('half', '--steps', '4')
  const recipe = JSON.parse(await readFile('half/recipe.json', 'utf8')) as { training: { steps: number } }
  recipe.training.steps = 9
  await writeFile('half/recipe.json', JSON.stringify(recipe))
  await rm('half/model', { recursive: true })
  await told('resume', 'half')
  const weights = (run: string) => readFile(`${run}/model/weights.safetensors`)
  expect((await weights('half')).equals(await weights('whole'))).toBe(true)
})

test('a condition that data do not know, and a class that there is not, are refused', async () => {
  const { code, err } = await inProcess('train', 'digits', '--condition', 'height', ...SMALL)
  expect(code).toBe(2)
  expect(err).toContain('wanted one of label')
  const sampled = await inProcess('sample', 'run', '--where', 'label=12', '--out', 'none.png')
  expect(sampled.code).toBe(2)
  expect(sampled.err).toContain('wanted one of 0, 1, 2')
})
