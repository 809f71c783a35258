/** Masked and inverse autoregressive flows: draws and densities are each other's, to the Jacobian. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { Feeds } from '../../engine/engine.ts'
import { input } from '../../graph/ops/input.ts'
import { constant, exp, mul, neg, slice, sub, type Tensor } from '../../graph/vocabulary.ts'
import { drawn, evaluated } from '../../testing/evaluated.ts'
import { logDeterminant } from '../../testing/jacobian.testing.ts'
import { EUCLIDEAN } from '../spaces.ts'
import { newTrace, type Trace } from '../trace.ts'
import { autoregression, type Expect } from './autoregression.ts'
import { iaf } from './iaf.ts'
import { maf } from './maf.ts'
import type { Prior } from './prior.ts'

const [SIZE, STEPS, HIDDEN] = [5, 3, 8]

/** A step the other way: from a code to the noise that it came from. */
type Back = (code: Tensor, expected: Expect) => Tensor

const back: Readonly<Record<'maf' | 'iaf', Back>> = {
  maf: (code, expected) =>
    [0, 1, 2].reduce((passed, step) => {
      const { mean, logDeviation } = expected(passed, step)
      return mul(sub(passed, mean), exp(neg(logDeviation)))
    }, code),
  iaf: (code, expected) =>
    [2, 1, 0].reduce((after, step) => {
      let noise = after
      for (let pass = 0; pass < SIZE; pass++) {
        const { mean, logDeviation } = expected(noise, step)
        noise = mul(sub(after, mean), exp(neg(logDeviation)))
      }
      return noise
    }, code),
}

const flows = [
  { prior: maf as Prior, options: { steps: STEPS, hidden: HIDDEN }, undo: back.maf },
  { prior: iaf as Prior, options: { priorSteps: STEPS, priorHidden: HIDDEN }, undo: back.iaf },
]

/** A draw of a prior as one tensor, pass after pass, and some passes more. */
function drawOf(prior: Prior, options: object, rows: number, more = 0) {
  const trace = newTrace()
  const context = {
    ...{ latent: SIZE, space: EUCLIDEAN, exampleShape: [1], unitInterval: true, encode: () => ({}) },
    layers: trace.layers('prior'),
  }
  const density = prior.density!(context, z.parse(prior.options, options))
  const noise = input('noise', [rows, SIZE])
  let state: Tensor = constant(0, [rows, density.width ?? SIZE])
  for (let pass = 0; pass < (density.passes ?? 1) + more; pass++) state = density.step(noise, state)
  const code = slice(state, 1, 0, SIZE)
  return { density, code, logDensity: density.logDensity(code), trace }
}

const values = ({ parameters }: Trace): Feeds =>
  Object.fromEntries(parameters.map(({ name, shape }, i) => [name, drawn(shape, i, -1.5, 1.5)]))

describe.each(flows)('$prior.name', ({ prior, options, undo }) => {
  test('its density is that of noise over how far draws stretch it', async () => {
    const { code, logDensity, trace } = drawOf(prior, options, 1)
    for (let seed = 0; seed < 4; seed++) {
      const feeds = { ...values(trace), noise: drawn([1, SIZE], 60 + seed, -2, 2) }
      const log = Array.from(feeds.noise.data, (u) => -0.5 * (u * u + Math.log(2 * Math.PI)))
      const wanted = log.reduce((a, b) => a + b) - (await logDeterminant(code, 'noise', feeds))
      const found = await evaluated({ logDensity }, feeds)
      expect(Math.abs(found.logDensity[0] - wanted)).toBeLessThan(1e-6 * (1 + Math.abs(wanted)))
    }
  })

  test('a draw is the noise that it came from, gone back; another pass changes nothing', async () => {
    const { code, density, trace } = drawOf(prior, options, 20)
    const { passes = 1 } = density
    const feeds = { ...values(trace), noise: drawn([20, SIZE], 80, -2, 2) }
    const noise = undo(code, autoregression(HIDDEN, trace.layers('prior')))
    const again = drawOf(prior, options, 20, passes > 1 ? 3 : 0).code
    const found = await evaluated({ undone: noise, code, again }, feeds)
    found.undone.forEach((u, i) => {
      expect(Math.abs(u - feeds.noise.data[i])).toBeLessThan(1e-6)
      expect(Math.abs(found.again[i] - found.code[i])).toBeLessThan(1e-6)
      expect(Math.abs(found.code[i] - u)).toBeGreaterThan(1e-4)
    })
  })
})
