/** What is lowered in pairs agrees with the reference, which knows nothing of pairs. */
import { expect, test } from 'vitest'
import { binaryCrossEntropy } from '../graph/ops/binary-cross-entropy.ts'
import { matmul } from '../graph/ops/matmul.ts'
import { mul } from '../graph/ops/mul.ts'
import { sum } from '../graph/ops/sum.ts'
import { program } from '../graph/program.ts'
import { probeInputs, probeValues, relativeDifference } from '../testing/probing.ts'
import type { Engine } from './engine.ts'
import { nativeEngine } from './onnxruntime/node/native.ts'
import { wasmEngine } from './onnxruntime/wasm.ts'
import { referenceEngine } from './reference.ts'

const native = await nativeEngine({ threads: 1 })
const wasm = await wasmEngine({ threads: 1 })

/** Shapes with many divisors, with none, with fewer entries than one product holds, and with a prime factor too great for one. */
const shapes = [
  [5, 1, 28, 28],
  [3, 101],
  [2, 7],
  [4, 4096],
  [2, 7 * 151],
]

test.each([native, wasm].flatMap((engine) => shapes.map((shape): [Engine, number[]] => [engine, shape])))(
  '$0.name: the summed Bernoulli loss of $1, logits as far as 90 from 0',
  async (engine, shape) => {
    const probes = [
      { shape, low: -90, high: 90 },
      { shape, low: 0, high: 1 },
    ]
    const [logits, x] = probeInputs(probes)
    const axes = shape.slice(1).map((_, i) => i + 1)
    const traced = program('losses', { total: sum(binaryCrossEntropy(logits, x), axes) })
    const feeds = Object.fromEntries(probes.map((probe, i) => [`x${i}`, probeValues(probe, i + 1)]))
    using exact = await referenceEngine.load(traced)
    using own = await engine.load(traced)
    const [wanted, got] = await Promise.all([exact.run(feeds), own.run(feeds)])
    expect(relativeDifference(got.total, wanted.total)).toBeLessThan(engine.tolerance)
    // Near 0 every entry is worth log 2, the most that the products have to hold.
    const level = { x0: { data: new Float32Array(feeds.x0.data.length), shape }, x1: feeds.x1 }
    const [halves, same] = await Promise.all([exact.run(level), own.run(level)])
    expect(relativeDifference(same.total, halves.total)).toBeLessThan(1e-6)
  },
)

test.each([native, wasm])('$name: a product times a number, by Gemm itself', async (engine) => {
  const probes = [
    { shape: [7, 5], low: -2, high: 2 },
    { shape: [3, 5], low: -2, high: 2 },
  ]
  const [a, b] = probeInputs(probes)
  const traced = program('scaled', { y: mul(matmul(a, b, { transposeB: true }), -0.3) })
  const feeds = Object.fromEntries(probes.map((probe, i) => [`x${i}`, probeValues(probe, i + 1)]))
  using exact = await referenceEngine.load(traced)
  using own = await engine.load(traced)
  const [wanted, got] = await Promise.all([exact.run(feeds), own.run(feeds)])
  expect(relativeDifference(got.y, wanted.y)).toBeLessThan(engine.tolerance)
})
