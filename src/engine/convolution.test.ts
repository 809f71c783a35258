/** Convolutions of every kind: the reference against finite differences, both lowerings against the reference. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Dim } from '../base/shape.ts'
import { add } from '../graph/ops/add.ts'
import { type Convolution, conv2dOp, convTranspose2dOp, convWeight2dOp } from '../graph/ops/convolution.ts'
import { input } from '../graph/ops/input.ts'
import { reshape } from '../graph/ops/reshape.ts'
import { program } from '../graph/program.ts'
import { apply } from '../graph/tensor.ts'
import { checkGradient, probeInputs, probeValues, relativeDifference, weighted } from '../testing/probing.ts'
import { nativeEngine } from './onnxruntime/node/native.ts'
import { wasmEngine } from './onnxruntime/wasm.ts'
import { referenceEngine } from './reference.ts'

const native = await nativeEngine({ threads: 1 })
const wasm = await wasmEngine({ threads: 1 })

const upTo = (max: number) => fc.integer({ min: 1, max })
const pair = (max: number) => fc.tuple(upTo(max), upTo(max))
const cases = fc
  .record({
    batch: upTo(3),
    channels: upTo(5),
    filters: upTo(5),
    size: pair(7),
    kernel: pair(5),
    stride: pair(3),
    padding: fc.tuple(...[0, 0, 0, 0].map(() => fc.integer({ min: 0, max: 2 }))) as fc.Arbitrary<
      [number, number, number, number]
    >,
  })
  .map((form) => ({
    ...form,
    grid: [0, 1].map(
      (axis) =>
        Math.floor(
          (form.size[axis] + form.padding[axis] + form.padding[axis + 2] - form.kernel[axis]) /
            form.stride[axis],
        ) + 1,
    ),
  }))
  .filter(({ grid }) => Math.min(...grid) > 0)
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never

const probes = ({ batch, channels, filters, size, kernel, grid }: Case) =>
  [
    [batch, channels, ...size],
    [filters, channels, ...kernel],
    [batch, filters, ...grid],
    [filters],
    [channels],
  ].map((shape) => ({ shape, low: -1, high: 1 }))

/** The three faces, the first two with a bias; an open batch asks for ONNX's own convolutions. */
function faces(form: Case, batch: Dim = form.batch) {
  const [x, w, y, forY, forX] = probes(form).map(({ shape }, i) =>
    input(`x${i}`, i === 0 || i === 2 ? [batch, ...shape.slice(1)] : shape),
  )
  const attributes: Convolution = form
  return program('faces', {
    y: add(apply(conv2dOp, [x, w], attributes), reshape(forY, [form.filters, 1, 1])),
    x: add(apply(convTranspose2dOp, [y, w], attributes), reshape(forX, [form.channels, 1, 1])),
    w: apply(convWeight2dOp, [x, y], attributes),
  })
}

const feedsOf = (form: Case) =>
  Object.fromEntries(probes(form).map((probe, i) => [`x${i}`, probeValues(probe, i + 1)]))

/** Its kernel meets padding alone. */
const inPadding: Case = {
  batch: 1,
  channels: 1,
  filters: 1,
  size: [1, 1],
  kernel: [1, 1],
  stride: [1, 3],
  padding: [0, 2, 0, 0],
  grid: [1, 1],
}

test.each([native, wasm])(
  '$name agrees with the reference, by blocks and by convolutions',
  async (engine) => {
    await fc.assert(
      fc.asyncProperty(cases, fc.boolean(), async (form, open) => {
        using exact = await referenceEngine.load(faces(form))
        using own = await engine.load(faces(form, open ? 'batch' : form.batch))
        const [wanted, got] = await Promise.all([exact.run(feedsOf(form)), own.run(feedsOf(form))])
        for (const face of ['y', 'x', 'w'])
          expect(relativeDifference(got[face], wanted[face])).toBeLessThan(engine.tolerance)
      }),
      { numRuns: 60, examples: [[inPadding, true]] },
    )
  },
)

test('gradients match central differences for any stride, padding, kernel and channels', async () => {
  await fc.assert(
    fc.asyncProperty(
      cases.filter(({ size, batch }) => size[0] * size[1] * batch <= 40),
      async (form) => {
        const [x, w, y] = probeInputs(probes(form))
        const attributes: Convolution = form
        for (const [op, inputs] of [
          [conv2dOp, [x, w]],
          [convTranspose2dOp, [y, w]],
          [convWeight2dOp, [x, y]],
        ] as const) {
          const names = inputs.map(({ attributes: { name } }) => String(name))
          const check = await checkGradient(
            weighted(apply(op, inputs, attributes)),
            names,
            [x, w, y],
            feedsOf(form),
          )
          expect(check.worst).toBeLessThan(1e-7)
        }
      },
    ),
    { numRuns: 15 },
  )
})
