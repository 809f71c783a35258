import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { readNpy, writeNpy } from '../../data/formats/npy.ts'
import { readSafetensors } from '../../data/formats/safetensors.ts'
import { inProcess, temporaryFolder } from './running.testing.ts'

const home = process.cwd()
const folder = await temporaryFolder()

async function trainInto(out: string, ...words: string[]): Promise<void> {
  const { code, err } = await inProcess('train', ...words, '--no-report', '--threads', '1', '--out', out)
  expect({ code, err }).toMatchObject({ code: 0 })
}

beforeAll(async () => {
  process.chdir(folder.path)
  await trainInto('done', 'digits', '--latent', '3', '--hidden', '32', '--epochs', '4', '--lr', '0.003')
})

afterAll(async () => {
  process.chdir(home)
  await folder.remove()
})

describe('pictures and arrays', () => {
  const PNG = [0x89, 0x50, 0x4e, 0x47]
  test.each([
    ['sample', ['--count', '5'], [5, 1, 8, 8]],
    ['reconstruct', ['--count', '4'], [4, 1, 8, 8]],
    ['traverse', ['--dimensions', '0,2', '--steps', '3'], [6, 1, 8, 8]],
    ['interpolate', ['--steps', '6'], [6, 1, 8, 8]],
  ])('%s', async (verb, options, shape) => {
    for (const extension of ['png', 'npy', 'csv'])
      expect(await inProcess(verb, 'done', ...options, '--out', `${verb}.${extension}`)).toEqual({
        code: 0,
        out: `${verb}.${extension}\n`,
        err: '',
      })
    expect([...(await readFile(`${verb}.png`)).subarray(0, 4)]).toEqual(PNG)
    const array = readNpy(await readFile(`${verb}.npy`))
    expect(array.shape).toEqual(shape)
    expect(Math.max(...array.data)).toBeGreaterThan(30)
    expect((await readFile(`${verb}.csv`, 'utf8')).split('\n')).toHaveLength(shape[0] + 2)
  })

  test('a traversal as a table says where each line stands', async () => {
    const lines = (await readFile('traverse.csv', 'utf8'))
      .split('\n')
      .map((line) => line.split(',').slice(0, 2))
    expect(lines.slice(0, 3)).toEqual([
      ['dimension', 'position'],
      ['0', '-3'],
      ['0', '0'],
    ])
  })
})

test('encode and score give a line for every row', async () => {
  const codes = await inProcess('encode', 'done', 'digits')
  expect(codes.out.split('\n')).toHaveLength(1797 + 2)
  expect(codes.out.split('\n')[0]).toBe('z0,z1,z2')
  await inProcess('encode', 'done', 'digits', '--out', 'codes.npy')
  expect(readNpy(await readFile('codes.npy')).shape).toEqual([1797, 3])
  await inProcess('score', 'done', 'digits', '--out', 'scores.csv')
  const [head, first] = (await readFile('scores.csv', 'utf8')).split('\n')
  expect(head).toBe('reconstruction,kl,elbo')
  const [reconstruction, kl, elbo] = first.split(',').map(Number)
  expect(elbo).toBeCloseTo(-(reconstruction + kl), 6)
})

test('export writes the files of a format', async () => {
  const onnx = await inProcess('export', 'done', '--to', 'onnx', '--out', 'model')
  expect(onnx.out).toBe('model/encoder.onnx\nmodel/decoder.onnx\nmodel/card.json\n')
  expect(await readFile('model/encoder.onnx')).toEqual(await readFile('done/model/encoder.onnx'))
  await inProcess('export', 'done', '--to', 'safetensors', '--out', 'model')
  const { tensors } = readSafetensors(await readFile('model/weights.safetensors'))
  expect(Object.keys(tensors)).toContain('data.scale')
})

test('score averages over draws, so that equal rows cost about the same', async () => {
  const row = Uint8Array.from({ length: 64 }, (_, i) => (i * 37) % 256)
  const rows = new Uint8Array(64 * 20)
  for (let i = 0; i < 20; i++) rows.set(row, i * 64)
  await writeFile('equal.npy', writeNpy(ndarray(rows, [20, 8, 8])))
  const spread = async (...options: string[]) => {
    const { out } = await inProcess('score', 'done', 'equal.npy', ...options)
    const elbos = out
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[2]))
    return Math.max(...elbos) - Math.min(...elbos)
  }
  expect((await spread('--draws', '1')) / (await spread())).toBeGreaterThan(2)
})

describe('new data for a model of a table', () => {
  beforeAll(async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * i) % 11},${i}`)
    await writeFile('abc.csv', `a,b,c\n${lines.join('\n')}\n`)
    await trainInto('table', 'abc.csv', '--latent', '2', '--hidden', '4', '--steps', '3')
  })

  test('its columns are found by name', async () => {
    await writeFile('one.csv', 'a,b,c\n1,5,30\n')
    await writeFile('moved.csv', 'c,other,b,a\n30,99,5,1\n')
    for (const verb of ['encode', 'score']) {
      const { code, out } = await inProcess(verb, 'table', 'moved.csv')
      expect(code).toBe(0)
      expect(out).toBe((await inProcess(verb, 'table', 'one.csv')).out)
    }
  })

  test('one that lacks columns is refused', async () => {
    await writeFile('lacking.csv', 'c,b\n30,5\n')
    const { code, err } = await inProcess('score', 'table', 'lacking.csv')
    expect({ code, err }).toMatchInlineSnapshot(`
      {
        "code": 2,
        "err": "no column "a" among "c", "b"; wanted the columns that the model was trained on: "a", "b", "c". Fix: add what is missing, and name the columns in the first line as they were for training. [data/columns]
      ",
      }
    `)
  })
})

test('images of bits are taken and given back as bits', async () => {
  const bits = Uint8Array.from({ length: 40 * 16 }, (_, i) => Number((i >> 4) % 2 === (i & 1)))
  await writeFile('bits.npy', writeNpy(ndarray(bits, [40, 4, 4])))
  await trainInto('bits', 'bits.npy', '--latent', '2', '--hidden', '16', '--steps', '200', '--lr', '0.01')
  await inProcess('reconstruct', 'bits', '--split', 'train', '--out', 'bits.out.npy')
  const { data } = readNpy(await readFile('bits.out.npy'))
  expect(Math.max(...data)).toBeGreaterThan(0.5)
  expect(Math.max(...data)).toBeLessThanOrEqual(1)
  await writeFile('black.npy', writeNpy(ndarray(new Uint8Array(16), [1, 4, 4])))
  await writeFile(
    'both.npy',
    writeNpy(ndarray(Uint8Array.from([...new Uint8Array(16), ...new Uint8Array(16).fill(1)]), [2, 4, 4])),
  )
  const first = async (file: string) => (await inProcess('encode', 'bits', file)).out.split('\n')[1]
  expect(await first('black.npy')).toBe(await first('both.npy'))
})
