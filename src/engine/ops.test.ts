/** Sweeps the op index: a new op is covered when it is listed. */
import { describe, expect, test } from 'vitest'
import { gradient } from '../graph/gradient.ts'
import { allOps } from '../graph/ops/index.ts'
import { program } from '../graph/program.ts'
import { apply } from '../graph/tensor.ts'
import type { Engine } from './engine.ts'
import { nativeEngine } from './onnxruntime/node/native.ts'
import { nodeWasmEngine } from './onnxruntime/node/wasm.ts'
import { checkGradient, probeInputs, probeValues, relativeDifference, weighted } from './probing.testing.ts'
import { referenceEngine } from './reference.ts'

/** Leaves have nothing to compute; piecewise constant ops have no slope to measure. */
const leaves = ['input', 'constant']
const flat = ['sign', 'greater', 'equal', 'cast']

const engines: Engine[] = [await nativeEngine({ threads: 2 }), await nodeWasmEngine({ threads: 1 })]

const cases = allOps
  .filter((op) => !leaves.includes(op.name))
  .flatMap((op) => op.probes.map((probe, i) => ({ name: `${op.name} #${i}`, op, probe })))

test('every op but the leaves has a probe', () => {
  const bare = allOps.filter((op) => op.probes.length === 0).map((op) => op.name)
  expect(bare.sort()).toEqual([...leaves].sort())
})

describe.each(cases)('$name', ({ op, probe }) => {
  const inputs = probeInputs(probe.inputs)
  const feeds = Object.fromEntries(probe.inputs.map((spec, i) => [`x${i}`, probeValues(spec, i + 1)]))
  const smooth = probe.inputs.flatMap((spec, i) => (spec.dtype === undefined ? [`x${i}`] : []))
  const output = apply(op, inputs, probe.attributes)

  if (!flat.includes(op.name))
    test('gradient and its gradient match central differences', async () => {
      const scalar = weighted(output)
      const first = await checkGradient(scalar, smooth, inputs, feeds)
      expect(first.probesVary).toBe(true)
      expect(first.worst).toBeLessThan(1e-7)
      const slopes = gradient(
        scalar,
        inputs.filter((_, i) => smooth.includes(`x${i}`)),
      )
      for (const slope of slopes) {
        const second = await checkGradient(weighted(slope), smooth, inputs, feeds)
        expect(second.worst).toBeLessThan(1e-7)
      }
    })

  test.each(engines)('$name agrees with the reference, gradient included', async (engine) => {
    const slopes =
      smooth.length > 0 && !flat.includes(op.name)
        ? gradient(
            weighted(output),
            inputs.filter((_, i) => smooth.includes(`x${i}`)),
          )
        : []
    const traced = program('probe', {
      output,
      ...Object.fromEntries(slopes.map((slope, i) => [`slope${i}`, slope])),
    })
    using exact = await referenceEngine.load(traced)
    using fast = await engine.load(traced)
    const wanted = await exact.run(feeds)
    const got = await fast.run(feeds)
    for (const name of Object.keys(traced.outputs))
      expect(relativeDifference(got[name], wanted[name])).toBeLessThan(engine.tolerance)
  })
})
