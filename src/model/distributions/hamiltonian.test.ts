import { describe, expect, test } from 'vitest'
import { fillNormal } from '../../base/random.ts'
import type { Feeds } from '../../engine/engine.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { input } from '../../graph/ops/input.ts'
import {
  add,
  concat,
  constant,
  mul,
  neg,
  slice,
  square,
  sub,
  sumPerExample,
  type Tensor,
} from '../../graph/vocabulary.ts'
import { importanceWeights } from '../../infer/importance.ts'
import {
  example,
  gaussianModel,
  LATENT,
  linearRows,
  linearValues,
  SIZE,
  trueLosses,
} from '../../infer/linear-gaussian.testing.ts'
import { drawn, evaluated } from '../../testing/evaluated.ts'
import { logDeterminant } from '../../testing/jacobian.testing.ts'
import { average, numbered, numbersOf, standardErrorsFrom } from '../../testing/numbers.testing.ts'
import { traceAutoencoder } from '../autoencoder.ts'
import { completeModel, type ModelSpec } from '../spec.ts'
import { leapfrog, type Phase } from './leapfrog.ts'

const STEPS = 7

/** A banana, and a well in the third dimension. */
function logJoint(code: Tensor): Tensor {
  const [a, b, c] = [0, 1, 2].map((at) => slice(code, 1, at, at + 1))
  const bent = sub(add(b, mul(square(a), 0.5)), 1)
  return sumPerExample(mul(add(add(square(bent), mul(square(a), 0.5)), square(square(c))), -1))
}

const size = constant([0.1, 0.2, 0.15], [3])
const phase = input('phase', [1, 6])
const halves = (x: Tensor): Phase => ({ code: slice(x, 1, 0, 3), momentum: slice(x, 1, 3, 6) })
const whole = ({ code, momentum }: Phase) => concat([code, momentum], 1)
const feedsOf = (seed: number): Feeds => ({ phase: drawn([1, 6], seed, -1.5, 1.5) })

describe('leapfrog steps', () => {
  test('keep volumes; cooling shrinks them by its factors, in every dimension', async () => {
    const along = whole(leapfrog(halves(phase), STEPS, size, logJoint))
    const cooled = whole(leapfrog(halves(phase), STEPS, size, logJoint, (at) => constant(0.9 + 0.01 * at)))
    const factors = Array.from({ length: STEPS }, (_, at) => 3 * Math.log(0.9 + 0.01 * at))
    for (let seed = 0; seed < 4; seed++) {
      expect(Math.abs(await logDeterminant(along, 'phase', feedsOf(seed)))).toBeLessThan(1e-6)
      const found = await logDeterminant(cooled, 'phase', feedsOf(seed))
      expect(found).toBeCloseTo(
        factors.reduce((a, b) => a + b),
        6,
      )
    }
  })

  test('can be gone back with the momentum turned around', async () => {
    const there = leapfrog(halves(phase), STEPS, size, logJoint)
    const back = leapfrog({ ...there, momentum: neg(there.momentum) }, STEPS, size, logJoint)
    for (let seed = 0; seed < 4; seed++) {
      const feeds = feedsOf(seed)
      const found = await evaluated(
        { there: whole(there), code: back.code, momentum: neg(back.momentum) },
        feeds,
      )
      const { data } = feeds.phase
      ;[...found.code, ...found.momentum].forEach((x, i) => {
        expect(Math.abs(x - data[i])).toBeLessThan(1e-9)
      })
      expect(found.there.some((x, i) => Math.abs(x - data[i]) > 0.1)).toBe(true)
    }
  })

  test('keep the energy, but for an error that half the step quarters', async () => {
    const energy = ({ code, momentum }: Phase) =>
      sub(mul(sumPerExample(square(momentum)), 0.5), logJoint(code))
    const led = (halvings: number) =>
      leapfrog(halves(phase), STEPS * 2 ** halvings, mul(size, 2 ** -halvings), logJoint)
    const found = await evaluated(
      { start: energy(halves(phase)), first: energy(led(2)), second: energy(led(3)) },
      feedsOf(1),
    )
    const [wide, narrow] = [found.first[0] - found.start[0], found.second[0] - found.start[0]]
    expect(Math.abs(narrow)).toBeLessThan(0.01)
    expect(wide / narrow).toBeGreaterThan(3.5)
    expect(wide / narrow).toBeLessThan(4.5)
  })
})

const [ROWS, DRAWS] = [6, 3000]
const { x } = linearRows(ROWS)
const evidence = trueLosses(x).map((nats) => -nats)

const modelWith = (latent: Partial<ModelSpec['latent']>): ModelSpec =>
  completeModel(
    { ...gaussianModel, latent: { size: LATENT, draws: 1, name: 'gaussian', ...latent } },
    example.shape,
  )

/** log p(x, z) − log q(z|x) at draws of each row. */
async function logWeights(spec: ModelSpec, values: Feeds, seed = 1): Promise<number[][]> {
  const model = traceAutoencoder(spec, example, ROWS, { draws: DRAWS })
  const width = spec.latent.name === 'hamiltonian' ? 2 * LATENT : LATENT
  const rows = ROWS * DRAWS
  const noise = fillNormal(new Float32Array(rows * width), { seed, stream: 1, step: 0 })
  const feeds = {
    ...values,
    x: { ...x, data: Float64Array.from(x.data) },
    noise: numbered([...noise], rows, width),
  }
  const { nll, ratio } = await numbersOf({ nll: model.reconstructionOfDraws, ratio: model.logRatio! }, feeds)
  const all = nll.map((nats, i) => -nats - ratio[i])
  return Array.from({ length: ROWS }, (_, row) => all.slice(row * DRAWS, (row + 1) * DRAWS))
}

describe.each(['fixed', 'free'] as const)(
  'a linear model whose encoder is off, %s tempering',
  (tempering) => {
    const off = linearValues({ offset: 0.1, widen: 4 })
    const spec = modelWith({ name: 'hamiltonian', steps: 8, stepSize: 0.2, tempering })
    const values: Feeds = {
      ...off,
      'encoder.leapfrog.step': numbered(new Array<number>(LATENT).fill(0), LATENT),
      'encoder.leapfrog.temperature': numbered([0], 1),
      'encoder.leapfrog.cooling': numbered(new Array<number>(8).fill(0), 8),
    }

    test('has a bound below the evidence that is tighter than that of the encoder alone', async () => {
      const [plain, refined] = [await logWeights(modelWith({}), off), await logWeights(spec, values)]
      evidence.forEach((truth, row) => {
        const [before, after] = [average(plain[row]), average(refined[row])]
        expect(after).toBeLessThan(truth)
        expect(truth - after).toBeLessThan(0.75 * (truth - before))
      })
    })

    test('has importance weights that add to the evidence', async () => {
      const refined = await logWeights(spec, values)
      evidence.forEach((truth, row) => {
        const weights = refined[row].map((log) => Math.exp(log - truth))
        expect(standardErrorsFrom(1, weights)).toBeLessThan(4)
      })
      const request = {
        ...{ count: ROWS, samples: 400, seed: 3, values },
        read: async (places: Uint32Array) => ({
          x: {
            data: Float64Array.from(
              [...places].flatMap((at) => [...x.data.slice(at * SIZE, (at + 1) * SIZE)]),
            ),
            shape: [places.length, SIZE],
          },
        }),
      }
      for await (const { first, examples, values: found } of importanceWeights(
        referenceEngine,
        spec,
        example,
        request,
      ))
        for (let i = 0; i < examples; i++) {
          const own = [...found.slice((i * found.length) / examples, ((i + 1) * found.length) / examples)]
          const weights = own.map((log) => Math.exp(log - evidence[first + i]))
          expect(standardErrorsFrom(1, weights)).toBeLessThan(4.5)
        }
    })
  },
)

test('without cooling, from the true posterior, every draw has the evidence as its weight', async () => {
  const spec = modelWith({ name: 'hamiltonian', steps: 10, stepSize: 0.01 })
  const values: Feeds = {
    ...linearValues(),
    'encoder.leapfrog.step': numbered(new Array<number>(LATENT).fill(0), LATENT),
    'encoder.leapfrog.temperature': numbered([50], 1),
  }
  const found = await logWeights(spec, values)
  evidence.forEach((truth, row) => {
    // What leapfrog steps lose of the energy; on their way log q alone changes by tenths.
    for (const log of found[row]) expect(Math.abs(log - truth)).toBeLessThan(5e-3)
  })
})
