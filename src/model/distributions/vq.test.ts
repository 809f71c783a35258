/** Vector quantization in float64: against every entry, the sums of the paper, and enumerated codes. */
import { expect, test } from 'vitest'
import type { Feeds } from '../../engine/engine.ts'
import { gradient } from '../../graph/gradient.ts'
import { input } from '../../graph/ops/input.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { apart, array, drawn, evaluated } from '../../testing/evaluated.ts'
import { weighted } from '../../testing/probing.ts'
import { traceAutoencoder } from '../autoencoder.ts'
import { type ModelSpec, modelSchema, sizeOfPlaces } from '../spec.ts'
import { newTrace } from '../trace.ts'
import type { Training } from './latent.ts'
import { vq } from './vq.ts'

const K = 3
const own = {
  entries: K,
  dimensions: 2,
  positions: 'flat',
  codebook: 'averages',
  decay: 0.9,
  restart: 0,
} as const
type Own =
  | typeof own
  | (Omit<typeof own, 'codebook' | 'restart'> & { codebook: 'gradient' | 'averages'; restart: number })
const ROWS = 4
const SIZE = 4
const shapes: Readonly<Record<string, readonly number[]>> = {
  entries: [K, 2],
  restarted: [K, 2],
  count: [K],
  unused: [K],
}

/** A code in training, and what becomes of the parameters of its codebook. */
function world(options: Own) {
  const trace = newTrace()
  const mean = input('mean', [ROWS, SIZE])
  const training: Training = {
    draw: (name, kind, shape) => trace.draw(name, kind, shape),
    replace: trace.replace,
  }
  const drawing = vq.draw({ mean }, mean, trace.layers('encoder'), options, training)
  const next = Object.fromEntries(
    [...trace.replacements].map(([{ name }, value]) => [name.slice('codebook.'.length), value]),
  )
  return { mean, trace, ...drawing, next }
}

const points = drawn([ROWS, SIZE], 1)
const entries = drawn([K, 2], 2)
const feedsOf = (state: Readonly<Record<string, ArrayLike<number>>>): Feeds => ({
  mean: points,
  ...Object.fromEntries(
    Object.entries(state).map(([name, values]) => [
      `codebook.${name}`,
      array(Array.from(values), [...shapes[name]]),
    ]),
  ),
})

const pointAt = (i: number): readonly number[] => [points.data[2 * i], points.data[2 * i + 1]]
const COUNT = (ROWS * SIZE) / 2
/** Which entry is nearest to each point, by looking at all. */
const nearestTo = (book: ArrayLike<number>): number[] =>
  Array.from({ length: COUNT }, (_, i) => {
    const away = Array.from({ length: K }, (_, k) =>
      Math.hypot(pointAt(i)[0] - book[2 * k], pointAt(i)[1] - book[2 * k + 1]),
    )
    return away.indexOf(Math.min(...away))
  })

test('each position is the entry that is nearest to it, with the gradient of what it replaces', async () => {
  const { code, mean, trace } = world(own)
  const book = trace.parameters.find(({ name }) => name === 'codebook.entries')?.tensor as Tensor
  const [slope, ofBook] = gradient(weighted(code), [mean, book])
  const [wanted] = gradient(weighted(mean), [mean])
  const found = await evaluated({ code, slope, ofBook, wanted }, feedsOf({ entries: entries.data }))
  const nearest = nearestTo(entries.data).flatMap((k) => [entries.data[2 * k], entries.data[2 * k + 1]])
  expect(apart(found.code, nearest)).toBeLessThan(1e-12)
  expect([...found.slope]).toEqual([...found.wanted])
  expect(found.ofBook.every((value) => value === 0)).toBe(true)
})

test('moving averages are those of the paper: Nᵢ and mᵢ, and mᵢ/Nᵢ', async () => {
  const { next } = world(own)
  let state: Record<string, ArrayLike<number>> = { entries: entries.data, count: [2, 5, 1] }
  const N = [2, 5, 1]
  const m = N.flatMap((count, k) => [count * entries.data[2 * k], count * entries.data[2 * k + 1]])
  for (let step = 0; step < 4; step++) {
    const chosen = nearestTo(state.entries)
    for (let k = 0; k < K; k++) {
      const mine = chosen.flatMap((entry, i) => (entry === k ? [pointAt(i)] : []))
      N[k] = 0.9 * N[k] + 0.1 * mine.length
      for (const d of [0, 1])
        m[2 * k + d] = 0.9 * m[2 * k + d] + 0.1 * mine.reduce((sum, point) => sum + point[d], 0)
    }
    state = await evaluated(next, feedsOf(state))
    expect(apart(state.count, N)).toBeLessThan(1e-12)
    expect(
      apart(
        state.entries,
        m.map((sum, i) => sum / N[i >> 1]),
      ),
    ).toBeLessThan(1e-12)
  }
})

test('an entry begins as the mean of the first points that it meets', async () => {
  const { next } = world(own)
  const found = await evaluated(next, feedsOf({ entries: entries.data, count: [0, 0, 0] }))
  const chosen = nearestTo(entries.data)
  for (let k = 0; k < K; k++) {
    const mine = chosen.flatMap((entry, i) => (entry === k ? [pointAt(i)] : []))
    for (const d of [0, 1]) {
      const mean = mine.reduce((sum, point) => sum + point[d], 0) / mine.length
      const wanted = mine.length === 0 ? entries.data[2 * k + d] : mean
      expect(found.entries[2 * k + d]).toBeCloseTo(wanted, 12)
    }
  }
})

const far = [...entries.data.slice(0, 4), 90, 90]

test.each(['averages', 'gradient'] as const)(
  'an entry that nothing was near for so many steps is a point of the batch (%s)',
  async (codebook) => {
    const { next } = world({ ...own, codebook, restart: 3 })
    const noise = { restart: array([0.1, 0.9, 0.66]) }
    const state: Record<string, ArrayLike<number>> = codebook === 'averages'
      ? { entries: far, count: [1, 1, 1], unused: [0, 0, 1] }
      : { entries: far, restarted: new Array(6).fill(0), unused: [0, 0, 1] }
    const once = await evaluated(next, { ...feedsOf(state), ...noise })
    expect([...once.unused]).toEqual([0, 0, 2])
    const twice = await evaluated(next, { ...feedsOf({ ...state, ...once }), ...noise })
    expect([...twice.unused]).toEqual([0, 0, 0])
    const added = twice.restarted ?? new Float64Array(6)
    const book = (twice.entries ?? Float64Array.from(far)).map((value, i) => value + added[i])
    expect(apart(book.subarray(4), pointAt(Math.floor(0.66 * COUNT)))).toBeLessThan(1e-12)
    expect(apart(added.subarray(0, 4), [0, 0, 0, 0])).toBe(0)
    if (codebook === 'averages') expect(twice.count[2]).toBe(0)
  },
)

test('one-hots are written as their entries and read as themselves', async () => {
  const all = Array.from({ length: K * K }, (_, i) => [Math.floor(i / K), i % K])
  const oneHots = all.flatMap((pair) => pair.flatMap((level) => [0, 1, 2].map((k) => +(k === level))))
  const layers = newTrace().layers('encoder')
  const code = vq.coding?.write(input('given', [K * K, 2, K]), layers, own) as Tensor
  const read = vq.coding?.read(code, layers, own) as Tensor
  const feeds = { given: array(oneHots, [K * K, 2, K]), ...feedsOf({ entries: entries.data }) }
  const found = await evaluated({ code, read }, feeds)
  expect([...found.read]).toEqual(oneHots)
  const wanted = all.flatMap((pair) => pair.flatMap((k) => [entries.data[2 * k], entries.data[2 * k + 1]]))
  expect(apart(found.code, wanted)).toBeLessThan(1e-12)
})

const specOf = (given: Record<string, unknown>): ModelSpec =>
  modelSchema.parse({
    architecture: { name: 'mlp', hidden: [5] },
    latent: { name: 'vq', size: SIZE, ...own },
    likelihood: { name: 'squared-error' },
    ...given,
  })

/** A model's parameters, drawn; those of its codebook as given. */
const valuesOf = (trace: ReturnType<typeof newTrace>): Feeds => ({
  'data.shift': array([0], []),
  'data.scale': array([1], []),
  ...Object.fromEntries(trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, 10 + i)])),
})

test.each(['uniform', 'autoregressive'])(
  'under the prior %s the rate is −log p of the code among all that there are',
  async (name) => {
    const spec = specOf({ prior: { name, ...(name === 'uniform' ? {} : { hidden: 6, embedding: 3 }) } })
    const trace = newTrace()
    const example = { shape: [6], dtype: 'float32', scaleShape: [] } as const
    const { kl, posterior, prior } = traceAutoencoder(spec, example, ROWS, {}, trace)
    const places = Array.from({ length: K * K }, (_, i) => [Math.floor(i / K), i % K])
    const oneHots = places.flatMap((pair) => pair.flatMap((level) => [0, 1, 2].map((k) => +(k === level))))
    const layers = trace.layers('encoder')
    const every = vq.coding?.write(input('given', [K * K, 2, K]), layers, own) as Tensor
    const read = vq.coding?.read(posterior.code, layers, own) as Tensor
    const found = await evaluated(
      { kl: kl as Tensor, all: prior.logDensity(every), read },
      {
        ...valuesOf(trace),
        x: drawn([ROWS, 6], 70),
        given: array(oneHots, [K * K, 2, K]),
      },
    )
    const total = found.all.reduce((sum, log) => sum + Math.exp(log), 0)
    expect(total).toBeCloseTo(1, 10)
    for (let row = 0; row < ROWS; row++) {
      const levels = [0, 1].map((at) =>
        found.read.subarray((2 * row + at) * K, (2 * row + at + 1) * K).indexOf(1),
      )
      expect(found.kl[row]).toBeCloseTo(-found.all[K * levels[0] + levels[1]], 10)
    }
    if (name === 'uniform') expect(found.kl[0]).toBeCloseTo(2 * Math.log(K), 12)
  },
)

test('behind convolutions a position is a place of the smallest image, and sees what is around it', async () => {
  const spec = specOf({
    architecture: { name: 'conv', widths: [3, 4], kernel: 2, hidden: [7] },
    latent: { name: 'vq', size: 8, ...own, positions: 'grid' },
  })
  const example = { shape: [1, 8, 8], dtype: 'float32', scaleShape: [] } as const
  expect(sizeOfPlaces(spec, example.shape)).toBe(8)
  const trace = newTrace()
  const { posterior } = traceAutoencoder({ ...spec, prior: { name: 'uniform' } }, example, 1, {}, trace)
  const values = valuesOf(trace)
  const at = async (change: (pixel: number) => number) => {
    const x = { data: drawn([1, 1, 8, 8], 80).data.map((value, i) => value + change(i)), shape: [1, 1, 8, 8] }
    return (await evaluated({ mean: posterior.statistics.mean }, { ...values, x })).mean
  }
  const [usual, moved] = [await at(() => 0), await at((i) => (i % 8 >= 4 && i < 32 ? 0.3 : 0))]
  const differs = Array.from(usual, (value, i) => value !== moved[i])
  // Without overlapping kernels the right upper quarter is the second of four places.
  expect(differs).toEqual([false, false, true, true, false, false, false, false])
  expect(trace.parameters.some(({ name }) => name.includes('dense'))).toBe(false)
})
