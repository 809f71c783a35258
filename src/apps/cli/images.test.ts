import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { encode } from 'fast-png'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { betavae, inProcess, leaveFor, temporaryFolder, told } from './running.testing.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const SMALL = ['--latent', '2', '--hidden', '8', '--batch', '8', '--threads', '1', '--no-report']

/** A PNG file with a bar in one channel. */
function image(channels: 1 | 3, channel: number, at: number, size = 8): Uint8Array {
  const data = new Uint8Array(size * size * channels)
  for (let row = 0; row < size; row++) data[(row * size + at) * channels + channel] = 255
  return encode({ width: size, height: size, channels, data })
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}

beforeAll(async () => {
  process.chdir(folder.path)
  for (let i = 0; i < 20; i++) {
    await write(`photos/red/${i}.png`, image(3, 0, i % 8))
    await write(`photos/green/${i}.png`, image(3, 1, i % 8))
  }
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

test('a folder of images is trained on, judged, scored and drawn from', async () => {
  const { code, err } = await betavae(
    folder.path,
    'train',
    './photos',
    ...SMALL,
    '--steps',
    '3',
    '--out',
    'run',
  )
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  expect(err).toContain('32 training and 4 validation examples')
  expect(JSON.parse(await told('evaluate', 'run', '--json'))).toMatchObject({ split: 'test', count: 4 })
  await told('sample', 'run', '--count', '4', '--out', 'samples.png')
  expect([...(await readFile('samples.png')).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  expect((await told('score', 'run', 'photos')).trimEnd().split('\n')).toHaveLength(41)
})

test('a training that was stopped is gone on with, to the bits of one that was not', async () => {
  const train = (out: string, steps: number) =>
    told('train', 'photos', ...SMALL, '--steps', String(steps), '--out', out)
  await train('whole', 9)
  await train('half', 4)
  const recipe = JSON.parse(await readFile('half/recipe.json', 'utf8')) as { training: { steps: number } }
  recipe.training.steps = 9
  await writeFile('half/recipe.json', JSON.stringify(recipe))
  await rm('half/model', { recursive: true })
  await told('resume', 'half')
  const weights = (run: string) => readFile(join(run, 'model', 'weights.safetensors'))
  expect(await weights('half')).toEqual(await weights('whole'))
})

test('images that have changed are not trained on any further', async () => {
  await told('train', 'photos', ...SMALL, '--steps', '2', '--out', 'changed')
  const path = 'photos/red/3.png'
  const kept = await readFile(path)
  await write(path, image(3, 2, 5))
  const { code, err } = await inProcess('evaluate', 'changed')
  await write(path, kept)
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('[runs/data-changed]') })
})

test('--size makes images of any size one, for training and for scoring alike', async () => {
  await write('mixed/1.png', image(3, 0, 1, 12))
  for (let i = 2; i < 12; i++) await write(`mixed/${i}.png`, image(3, 0, 1, 10))
  const { code, err } = await inProcess('train', 'mixed', ...SMALL, '--steps', '2')
  expect({ code, err }).toMatchInlineSnapshot(`
    {
      "code": 2,
      "err": "10.png has 10×10 pixels, 1.png has 12×12; wanted images of one size. Fix: add --size 64 to crop and scale them all, or leave the odd ones out. [data/image-size]
    ",
    }
  `)
  await told('train', 'mixed', ...SMALL, '--steps', '2', '--size', '6', '--out', 'sized')
  expect(JSON.parse(await readFile('sized/recipe.json', 'utf8'))).toMatchObject({ data: { size: 6 } })
  expect(JSON.parse(await told('evaluate', 'sized', '--json'))).toMatchObject({ count: 1 })
  // Grey images of another size: a model that knows colors is shown them in color.
  for (let i = 0; i < 3; i++) await write(`grey/${i}.png`, image(1, 0, i, 20))
  expect((await told('encode', 'sized', 'grey')).trimEnd().split('\n')).toHaveLength(4)
})

test('--size of what is no folder of images is refused', async () => {
  const { code, err } = await inProcess('train', 'digits', '--size', '16')
  expect({ code, err }).toMatchInlineSnapshot(`
    {
      "code": 2,
      "err": "size 16 for "digits", whose examples are [1, 8, 8]; wanted a folder of images to crop and scale. Fix: leave --size out. [data/size]
    ",
    }
  `)
})
