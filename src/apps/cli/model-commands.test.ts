import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { readNpy, writeNpy } from '../../data/formats/npy.ts'
import { readSafetensors } from '../../data/formats/safetensors.ts'
import { inProcess, leaveFor, refusals, temporaryFolder } from './running.testing.ts'

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
  await leaveFor(home)
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

describe('traversals that move', () => {
  test.each(['gif', 'apng'])('%s: every active dimension, there and back', async (extension) => {
    const file = `moving.${extension}`
    expect((await inProcess('traverse', 'done', '--steps', '4', '--out', file)).err).toBe('')
    const bytes = await readFile(file)
    // A marker before each of the six pictures of four positions.
    const marker = extension === 'gif' ? Buffer.of(0x21, 0xf9, 4, 5) : Buffer.from('fcTL')
    expect(bytes.toString('latin1').split(marker.toString('latin1'))).toHaveLength(1 + 6)
  })

  test('--animate makes a .png that moves, and nothing else', async () => {
    await inProcess('traverse', 'done', '--steps', '3', '--animate', '--out', 'moving.png')
    expect((await readFile('moving.png')).includes('acTL')).toBe(true)
    const { code, err } = await inProcess('traverse', 'done', '--animate', '--out', 'moving.csv')
    expect({ code, err }).toMatchInlineSnapshot(`
      {
        "code": 2,
        "err": "--out moving.csv; wanted a file that ends in .png, .gif, .apng. Fix: write for example --out out.png. [cli/out-kind]
      ",
      }
    `)
  })
})

describe('where a traversal starts', () => {
  const rows = async (file: string, ...options: string[]) => {
    const { code, err } = await inProcess('traverse', 'done', '--steps', '3', ...options, '--out', file)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    return readNpy(await readFile(file))
  }

  test('at an example: the middle of its posterior is its reconstruction', async () => {
    const { data } = await rows('t.npy', '--example', '5', '--unit', 'posterior', '--dimensions', '1')
    await inProcess('reconstruct', 'done', '--count', '6', '--out', 'r.npy')
    const made = readNpy(await readFile('r.npy')).data.subarray(5 * 64, 6 * 64)
    data.subarray(64, 128).forEach((value, i) => {
      expect(value).toBeCloseTo(made[i], 3)
    })
    expect([...data.subarray(0, 64)]).not.toEqual([...data.subarray(64, 128)])
  })

  test('units change how far it goes', async () => {
    const prior = await rows('p.npy', '--dimensions', '1')
    const codes = await rows('c.npy', '--dimensions', '1', '--unit', 'codes')
    expect(codes.shape).toEqual(prior.shape)
    expect([...codes.data]).not.toEqual([...prior.data])
  })

  test('what cannot be is refused', async () => {
    expect(
      await refusals(
        'traverse done --unit posterior --out t.png',
        'traverse done --example 99999 --out t.png',
        'traverse done --dimensions 7 --out t.gif',
        'traverse done --fps 0 --out t.gif',
      ),
    ).toMatchInlineSnapshot(`
      "
      traverse done --unit posterior --out t.png
        2: steps of a posterior without an example; wanted the posterior N(μ, σ²) of one example. Fix: choose one with --example. [infer/unit]
      traverse done --example 99999 --out t.png
        2: --example 99999; wanted a row from 0 to 179. Fix: choose a row that the split has. [cli/row]
      traverse done --dimensions 7 --out t.gif
        2: code dimension 7; wanted a whole number from 0 to 2. Fix: choose one of the dimensions that the model has. [infer/dimension]
      traverse done --fps 0 --out t.gif
        2: --fps 0; wanted a number above 0 and at most 50. Fix: write for example --fps 12. [cli/option-value]
      "
    `)
  })
})

describe('map', () => {
  test('a table: a line for each row, in a plane', async () => {
    await inProcess('map', 'done', '--out', 'map.csv')
    const lines = (await readFile('map.csv', 'utf8')).trim().split('\n')
    expect(lines[0]).toBe('row,PC 1,PC 2,class')
    const classes = new Set(lines.slice(1).map((line) => line.split(',')[3]))
    expect(classes.size).toBe(10)
    await inProcess('map', 'done', 'digits', '--count', '50', '--out', 'some.csv')
    expect((await readFile('some.csv', 'utf8')).trim().split('\n')).toHaveLength(51)
  })

  test('pictures and a page', async () => {
    for (const extension of ['svg', 'png', 'html'])
      expect(await inProcess('map', 'done', '--count', '100', '--out', `map.${extension}`)).toMatchObject({
        code: 0,
        out: `map.${extension}\n`,
      })
    expect(await readFile('map.svg', 'utf8')).toContain('% of variance')
    expect((await readFile('map.html', 'utf8')).slice(0, 15)).toBe('<!doctype html>')
    expect([...(await readFile('map.png')).subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
  })

  test('what cannot be is refused', async () => {
    expect(
      await refusals(
        'map done',
        'map done --out map.gif',
        'map done --out map.svg --manifold',
        'map done --out map.png --manifold',
        'map done --out map.svg --by magic',
        'map done --out map.svg --color shape',
      ),
    ).toMatchInlineSnapshot(`
      "
      map done
        2: no --out; wanted --out with a file that ends in .svg, .png, .html, .csv. Fix: add for example --out out.svg. [cli/no-out]
      map done --out map.gif
        2: --out map.gif; wanted a file that ends in .svg, .png, .html, .csv. Fix: write for example --out out.svg. [cli/out-kind]
      map done --out map.svg --manifold
        2: --out map.svg; wanted a file that ends in .html, .png. Fix: write for example --out out.html. [cli/out-kind]
      map done --out map.png --manifold
        2: a grid over a code of 3 dimensions; wanted a code of two. Fix: train with --latent 2, or look along single dimensions with: betavae traverse. [map/manifold]
      map done --out map.svg --by magic
        2: a map by "magic"; wanted pca, umap. Fix: name one of those. [map/projection]
      map done --out map.svg --color shape
        2: colors by "shape", which is not known of the rows of "digits"; wanted class. Fix: name one of those. [map/factor]
      "
    `)
  })

  test('a code of two dimensions has a plane that decodes', async () => {
    await trainInto('plane', 'digits', '--latent', '2', '--hidden', '8', '--steps', '4')
    await inProcess('map', 'plane', '--manifold', '--out', 'plane.png')
    // 20 by 20 images of 8 by 8 pixels, each pixel enlarged to 4 by 4.
    expect((await readFile('plane.png')).readUInt32BE(16)).toBe(20 * 32)
    await inProcess('map', 'plane', '--manifold', '--out', 'plane.html')
    expect(await readFile('plane.html', 'utf8')).toContain('What the plane decodes to')
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
  const { out } = await inProcess('export', 'done', '--to', 'html')
  expect(out).toBe('done/export/explorer.html\n')
  // Sliders are in the order of the KL that the run measured.
  expect(await readFile('done/export/explorer.html', 'utf8')).toMatch(/<b>z\d<\/b> <span>[\d.]+ nats/)
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
        "code": 1,
        "err": "no column "a" among "c", "b"; wanted the columns that the model was trained on. Fix: add what is missing (cells may be empty), and name columns as for training. [table/columns]
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
