/** Discrete codes from the command line: entries of a codebook at the places of images. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder, told } from './running.testing.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const SMALL = ['--arch', 'conv', '--widths', '8,8', '--vq-entries', '8', '--threads', '1', '--no-report']

beforeAll(() => process.chdir(folder.path))
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const train = (out: string, ...more: string[]) =>
  told('train', 'digits', '--objective', 'vq-vae', ...SMALL, '--out', out, ...more)

test('a VQ-VAE is explained, trained, judged, sampled and exported', async () => {
  expect(await told('explain', 'digits', '--objective', 'vq-vae')).toContain('‖z_e − e‖²')
  await train('run', '--steps', '200')
  const { kl, levelUse } = JSON.parse(await told('evaluate', 'run', '--json'))
  // Two convolutions leave four places, and a learned prior knows more than that entries are eight.
  expect(levelUse).toMatchObject({ variables: 4, levels: 8 })
  expect(levelUse.perplexity).toBeGreaterThan(4)
  expect(kl).toBeLessThan(4 * Math.log(8))
  expect(await told('evaluate', 'run')).toMatch(/levels used +[5-8] +of 8, in codes of 4 variables/)
  await told('sample', 'run', '--count', '5', '--out', 'samples.npy')
  await told('sample', 'run', '--count', '5', '--from', 'aggregate', '--out', 'seen.npy')
  expect(await told('export', 'run', '--to', 'onnx', '--out', 'files')).toContain('files/levels.onnx')
})

test('its ONNX files take examples to levels, levels to codes, and codes to examples', async () => {
  const session = (name: string) => InferenceSession.create(`run/model/${name}.onnx`)
  const x = new Tensor(
    'uint8',
    Uint8Array.from({ length: 128 }, (_, i) => (i * 37) % 256),
    [2, 1, 8, 8],
  )
  const { mean, levels } = await (await session('encoder')).run({ x })
  expect([levels.dims, levels.type]).toEqual([[2, 4], 'int32'])
  const { z } = await (await session('levels')).run({ levels })
  expect(z.data).toEqual(mean.data)
  const decoder = await session('decoder')
  const moved = new Tensor(
    'float32',
    Float32Array.from(z.data as Float32Array, (value) => value * 1.0001),
    z.dims,
  )
  const [whole, near] = [await decoder.run({ z }), await decoder.run({ z: moved })]
  expect(near.reconstruction.data).toEqual(whole.reconstruction.data)
})

test('a training that was stopped is gone on with, to the bits of one that was not', async () => {
  const soon = ['--vq-restart', '2']
  await train('whole', '--steps', '9', ...soon)
  await train('half', '--steps', '4', ...soon)
  const recipe = JSON.parse(await readFile('half/recipe.json', 'utf8')) as { training: { steps: number } }
  recipe.training.steps = 9
  await writeFile('half/recipe.json', JSON.stringify(recipe))
  await rm('half/model', { recursive: true })
  await told('resume', 'half')
  const weights = (run: string) => readFile(`${run}/model/weights.safetensors`)
  expect((await weights('half')).equals(await weights('whole'))).toBe(true)
})

test('a size that its places do not have is refused', async () => {
  const { code, err } = await inProcess(
    'train',
    'digits',
    '--objective',
    'vq-vae',
    ...SMALL,
    '--latent',
    '20',
  )
  expect(code).toBe(2)
  expect(err).toContain('wanted 16 numbers')
})
