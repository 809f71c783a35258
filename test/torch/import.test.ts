/**
 * Weights of PyTorch give what they gave there. The fixtures are small VAEs of torch with random weights, inputs and
 * torch's own outputs, written by `fixtures.py` beside this.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProcess } from '../../src/apps/cli/running.testing.ts'
import { writeNpy } from '../../src/data/formats/npy.ts'
import { readSafetensors, writeSafetensors } from '../../src/data/formats/safetensors.ts'
import {
  type DatasetDraft,
  datasetOf,
  importWeights,
  type NameMap,
  type NDArray,
  nodeEngines,
  open,
  openEngine,
  save,
} from '../../src/inside.node.ts'

const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })
const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`fixtures/${name}.safetensors`, import.meta.url)))

const bernoulli: DatasetDraft = { model: { likelihood: { name: 'bernoulli' } }, data: { scaling: 'none' } }
const half = ['encoder.0', 'encoder.1', 'decoder.0', 'decoder.1', 'decoder.2']
const theirs = ['encoder.0', 'encoder.2', 'decoder.0', 'decoder.2', 'out']
const deepMap: NameMap = {
  ...Object.fromEntries(half.map((ours, i) => [ours, theirs[i]])),
  'encoder.mean': 'head[0:2]',
  'encoder.logVariance': 'head[2:4]',
  'decoder.2.bias': null,
}

const cases: readonly { name: string; draft: DatasetDraft; map?: NameMap; guessed?: NameMap }[] = [
  {
    name: 'example',
    draft: bernoulli,
    guessed: {
      'encoder.0': 'fc1',
      'encoder.mean': 'fc21',
      'encoder.logVariance': 'fc22',
      'decoder.0': 'fc3',
      'decoder.1': 'fc4',
    },
  },
  {
    name: 'deep',
    draft: {
      model: {
        likelihood: { name: 'gaussian', sigma: 1 },
        architecture: { name: 'mlp', activation: 'tanh' },
      },
      data: { scaling: 'none' },
    },
    map: deepMap,
  },
  {
    name: 'convolutional',
    draft: bernoulli,
    guessed: {
      'encoder.conv.0': 'encoder.0',
      'encoder.conv.1': 'encoder.2',
      'encoder.dense.0': 'encoder.5',
      'encoder.mean': 'fc_mu',
      'encoder.logVariance': 'fc_var',
      'decoder.conv.0': 'decoder.4',
      'decoder.conv.1': 'decoder.2',
      'decoder.dense.0': 'decoder_input.0',
      'decoder.dense.1': 'decoder_input.2',
    },
  },
]

const imported = async (name: string, draft: DatasetDraft, map?: NameMap, bytes?: Uint8Array) => {
  const { x } = readSafetensors(await fixture(`${name}.outputs`)).tensors
  const many = {
    data: Float32Array.from({ length: 10 * x.data.length }, (_, i) => x.data[i % x.data.length]),
  }
  const dataset = datasetOf({ ...many, shape: [10 * x.shape[0], ...x.shape.slice(1)] }, { name })
  return importWeights(bytes ?? (await fixture(name)), draft, { dataset, engine, ...(map && { map }) })
}

const distance = (a: NDArray, b: NDArray): number =>
  Math.max(...Array.from(a.data, (value, i) => Math.abs(value - b.data[i])))

describe.each(cases)('$name', ({ name, draft, map, guessed }) => {
  test('outputs are those of torch', async () => {
    const run = await imported(name, draft, map)
    expect(run.map).toEqual(map ?? guessed)
    expect(run.unused).toEqual([])
    const { x, ...wanted } = readSafetensors(await fixture(`${name}.outputs`)).tensors
    using model = await open(save(run), { engine })
    const { mean, logVariance } = await model.encode(x)
    // Far enough from 0 that a bound would show.
    expect(Math.max(...Array.from(wanted.logVariance.data, Math.abs))).toBeGreaterThan(0.4)
    expect(distance(mean, wanted.mean)).toBeLessThan(1e-5)
    expect(distance(logVariance as NDArray, wanted.logVariance)).toBeLessThan(1e-5)
    expect(distance(await model.decode(mean), wanted.reconstruction)).toBeLessThan(1e-5)
    const { elbo } = await model.score(x)
    expect(elbo?.every(Number.isFinite)).toBe(true)
  })
})

describe('what does not fit is named', () => {
  const refused = (...given: Parameters<typeof imported>) =>
    imported(...given).then(
      () => 'imported',
      (error: unknown) => String(error),
    )
  const changed = async (change: (tensors: Record<string, NDArray>) => void) => {
    const tensors = { ...readSafetensors(await fixture('example')).tensors }
    change(tensors)
    return writeSafetensors(tensors)
  }

  test('a tensor that is missing', async () => {
    const map = { ...deepMap, 'decoder.1': 'decoder.7' }
    expect(await refused('deep', bernoulli, map)).toMatchInlineSnapshot(
      `"BetavaeError: no tensor "decoder.7.weight" for decoder.1.weight; wanted weights for every layer of the model. Fix: correct the map, or the file. [import/missing]"`,
    )
    const { 'decoder.1': _, ...short } = deepMap
    expect(await refused('deep', bernoulli, short)).toMatchInlineSnapshot(
      `"BetavaeError: no word in the map on decoder.1.weight; wanted weights for every layer of the model. Fix: correct the map, or the file. [import/missing]"`,
    )
  })

  test('a tensor of another shape', async () => {
    const shape = [7, 3]
    const bytes = await changed((tensors) => {
      tensors['fc3.weight'] = { data: new Float32Array(21), shape }
      tensors['fc3.bias'] = { data: new Float32Array(7), shape: [7] }
      tensors['fc4.weight'] = { data: new Float32Array(84), shape: [12, 7] }
    })
    expect(await refused('example', bernoulli, undefined, bytes)).toMatchInlineSnapshot(
      `"BetavaeError: "fc3.weight" of shape [7, 3] for decoder.0.weight; wanted [9, 3], for a decoder that mirrors its encoder and examples of the data's size. Fix: correct the map, or import a network of that form. [import/shape]"`,
    )
    expect(
      await refused('deep', bernoulli, { ...deepMap, 'encoder.mean': 'head[0:9]' }),
    ).toMatchInlineSnapshot(
      `"BetavaeError: rows 0 to 9 of head.weight, which has 4; wanted rows that are there, such as [0:20]. Fix: correct the map. [import/rows]"`,
    )
  })

  test('tensors that nothing is, unless a map passes over them', async () => {
    const bytes = await changed((tensors) => {
      tensors['bn.running_mean'] = { data: new Float32Array(9), shape: [9] }
    })
    expect(await refused('example', bernoulli, undefined, bytes)).toMatchInlineSnapshot(
      `"BetavaeError: bn.running_mean [9], which nothing of the model is; wanted a plain VAE: dense or convolutional layers, a mean and a log-variance, a decoder that mirrors the encoder. Fix: where it computes the same without them, name the layers that count in a --map. [import/unused]"`,
    )
    const known = cases[0].guessed
    expect((await imported('example', bernoulli, known, bytes)).unused).toEqual(['bn.running_mean'])
  })

  test('names that tell nothing', async () => {
    const bytes = await changed((tensors) => {
      for (const kind of ['weight', 'bias']) {
        tensors[`a.${kind}`] = tensors[`fc21.${kind}`]
        delete tensors[`fc21.${kind}`]
      }
    })
    expect(await refused('example', bernoulli, undefined, bytes)).toMatchInlineSnapshot(
      `"BetavaeError: weights a.bias [3], a.weight [3, 9], fc1.bias [9], fc1.weight [9, 12], fc3.bias [9], fc3.weight [9, 3], fc4.bias [12], fc4.weight [12, 9], fc22.bias [3], fc22.weight [3, 9]; wanted layers that give the mean and the log-variance of a code, told by their names. Fix: say which is which by --map, a JSON object of our names and theirs. [import/map]"`,
    )
  })

  test('convolutions that pad one side more than the other', async () => {
    const architecture = { name: 'conv', strides: [1, 2] }
    const draft = { ...bernoulli, model: { ...bernoulli.model, architecture } }
    expect(await refused('convolutional', draft)).toMatchInlineSnapshot(
      `"BetavaeError: a convolution of kernel 4 and stride 1 over 8×8, which pads 1 pixels before and 2 behind; wanted one that pads both sides alike, such as kernel 4 and stride 2 over an even side. Fix: say the strides that the network has by --strides, or import one with such convolutions. [import/padding]"`,
    )
  })
})

describe('betavae import', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'betavae-import-'))
    const { x } = readSafetensors(await fixture('example.outputs')).tensors
    const rows = { data: Float32Array.from({ length: 600 }, (_, i) => x.data[i % 60]), shape: [50, 12] }
    await writeFile(join(folder, 'x.npy'), writeNpy(rows))
    await writeFile(join(folder, 'state.safetensors'), await fixture('example'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('makes a run that every command takes', async () => {
    const [state, data, out] = ['state.safetensors', 'x.npy', 'run'].map((name) => join(folder, name))
    const options = ['--likelihood', 'bernoulli', '--scaling', 'none', '--binarize', 'none', '--threads', '1']
    const ended = await inProcess('import', state, data, ...options, '--out', out)
    expect(ended, ended.err).toMatchObject({ code: 0, out: `${out}\n` })
    expect(ended.err).toMatch(/encoder\.logVariance +fc22/)
    const judged = await inProcess('evaluate', out, '--json')
    expect(judged, judged.err).toMatchObject({ code: 0 })
    expect(JSON.parse(judged.out)).toMatchObject({ elbo: expect.any(Number) })
    for (const line of [
      ['sample', out, '--out', join(folder, 's.npy')],
      ['explain', out],
      ['export', out, '--to', 'onnx', '--out', join(folder, 'onnx')],
      ['doctor', out],
      ['report', out],
      [
        'train',
        data,
        ...options,
        '--hidden',
        '9',
        '--latent',
        '3',
        '--gaussian-bound',
        'none',
        '--steps',
        '3',
        '--set',
        `training.start=${out}`,
        '--out',
        join(folder, 'on'),
      ],
    ]) {
      const { code, err } = await inProcess(...line)
      expect(code, `${line.join(' ')}: ${err}`).toBe(0)
    }
  })
})
