/** Autoregression over levels: one whole over all codes, and draws that have its probabilities. */
import { expect, test } from 'vitest'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { input } from '../../graph/ops/input.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { drawFrom } from '../../infer/samplers/draw-from.ts'
import { array, drawn, evaluated } from '../../testing/evaluated.ts'
import { checkGradient, weighted } from '../../testing/probing.ts'
import { newTrace } from '../trace.ts'
import { autoregressive } from './autoregressive.ts'
import type { PriorContext } from './prior.ts'

const kinds = [
  {
    name: 'variables of 3, 2 and 4 levels',
    levels: [3, 2, 4],
    spread: 1.5,
    own: { network: 'dense', hidden: 9, depth: 2, embedding: 3 },
  },
  {
    name: 'an image of 2×2 places with 3 levels each',
    levels: [3, 3, 3, 3],
    places: [2, 2],
    spread: 0.9,
    own: { network: 'convolutions', hidden: 3, depth: 1, embedding: 2 },
  },
] as const

/** Codes written as one-hots, with drawn parameters. */
function worldOf({ levels, spread, own, ...rest }: (typeof kinds)[number]) {
  const most = Math.max(...levels)
  const trace = newTrace()
  const latent = levels.length * most
  const context: PriorContext = {
    latent,
    space: { kind: 'discrete', levels },
    exampleShape: [6],
    layers: trace.layers('prior'),
    unitInterval: true,
    encode: () => ({}),
    coding: {
      read: (code) => reshape(code, [code.shape[0], levels.length, most]),
      write: (oneHot) => reshape(oneHot, [oneHot.shape[0], latent]),
    },
    ...rest,
  }
  const density = autoregressive.density?.(context, own)
  if (!density) throw new Error('no density')
  const all = everyCode(levels)
  const oneHots = all.flatMap((code) =>
    code.flatMap((level) => Array.from({ length: most }, (_, k) => +(k === level))),
  )
  const code = input('code', [all.length, latent])
  const logDensity = density.logDensity(code)
  const values = Object.fromEntries(
    trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i, -spread, spread)]),
  )
  const feeds = { ...values, code: array(oneHots, [all.length, latent]) }
  return { density, all, latent, most, logDensity, code, values, feeds, trace }
}

const everyCode = (levels: readonly number[]): number[][] =>
  levels.reduce<number[][]>(
    (codes, count) => codes.flatMap((code) => Array.from({ length: count }, (_, level) => [...code, level])),
    [[]],
  )

/** Pearson's statistic beyond which one of 10,000 comes by chance, by Wilson and Hilferty. */
const beyond = (freedom: number) =>
  freedom * (1 - 2 / (9 * freedom) + 3.72 * Math.sqrt(2 / (9 * freedom))) ** 3

test.each(kinds)('the probabilities of $name are one whole, and depend on all of them', async (kind) => {
  const { logDensity, feeds, all } = worldOf(kind)
  const { logDensity: found } = await evaluated({ logDensity }, feeds)
  expect(found.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 10)
  // Were the last variable independent of the others, these would be all alike.
  const count = kind.levels[kind.levels.length - 1]
  const odds = all.flatMap((_, i) => (i % count === 0 ? [found[i] - found[i + 1]] : []))
  expect(new Set(odds.map((odd) => odd.toFixed(6))).size).toBeGreaterThan(0.75 * odds.length)
})

test.each(kinds)('draws of $name have these probabilities', async (kind) => {
  const { density, logDensity, feeds, all, latent, most, values } = worldOf(kind)
  const { logDensity: logs } = await evaluated({ logDensity }, feeds)
  const count = 20_000
  const single = Object.fromEntries(
    Object.entries(values).map(([name, { data, shape }]) => [name, { data: Float32Array.from(data), shape }]),
  )
  const engine = await nativeEngine({ threads: 1 })
  const { data } = await drawFrom(engine, { draws: density, latent, values: single }, count, 3)
  const numbers = new Map(all.map((code, i) => [code.join(), i]))
  const counts = new Float64Array(all.length)
  for (let row = 0; row < count; row++) {
    const code = kind.levels.map((_, at) =>
      data.subarray(row * latent + at * most, row * latent + (at + 1) * most).indexOf(1),
    )
    counts[numbers.get(code.join()) as number]++
  }
  // Codes that are expected less than five times count together.
  let [statistic, cells, rare, seldom] = [0, 0, 0, 0]
  counts.forEach((seen, i) => {
    const wanted = count * Math.exp(logs[i])
    if (wanted < 5) {
      rare += wanted
      seldom += seen
      return
    }
    statistic += (seen - wanted) ** 2 / wanted
    cells++
  })
  if (rare > 0) {
    statistic += (seldom - rare) ** 2 / rare
    cells++
  }
  expect(cells).toBeGreaterThan(10)
  expect(statistic).toBeLessThan(beyond(cells - 1))
})

test.each(kinds)('gradients of $name are those of differences', async (kind) => {
  const { logDensity, feeds, trace } = worldOf(kind)
  const { worst, probesVary } = await checkGradient(
    weighted(logDensity),
    trace.parameters.map(({ name }) => name),
    trace.parameters.map(({ tensor }) => tensor),
    feeds,
  )
  expect(probesVary).toBe(true)
  expect(worst).toBeLessThan(1e-7)
})
