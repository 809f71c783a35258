import { fillNormal, streams } from '../base/random.ts'
import { referenceEngine } from '../engine/reference.ts'
import type { KnownCodes, Sampler } from '../infer/samplers/sampler.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { toyLearning } from './toy-learning.ts'
import { wordsFlaws } from './words.ts'

const LATENT = 2
const CODES = 400
/** Enough to see that draws repeat. */
const UPDATES = 3

const codes = {
  data: fillNormal(new Float32Array(CODES * LATENT), { seed: 1, stream: streams.evaluation, step: 0 }),
  shape: [CODES, LATENT],
}
const bare = { latent: LATENT, hasPrior: true, codes, learn: toyLearning(referenceEngine, LATENT, UPDATES) }
const bits: KnownCodes = {
  ...bare,
  codes: { data: codes.data.map((value) => (value > 0 ? 1 : 0)), shape: codes.shape },
  learn: toyLearning(referenceEngine, LATENT, UPDATES, 'bits'),
}

/** Models with N(0, I), with a prior of two components, and with one that is drawn. */
const known: readonly KnownCodes[] = [
  bare,
  {
    ...bare,
    prior: {
      mean: { data: Float64Array.of(-1, 0, 1, 0), shape: [2, LATENT] },
      logVariance: { data: Float64Array.of(0, 0, 0, 0), shape: [2, LATENT] },
      logWeight: { data: Float64Array.of(-Math.LN2, -Math.LN2), shape: [2] },
    },
  },
  {
    ...bare,
    drawnPrior: {
      draw: async (count, seed) => ({
        data: fillNormal(new Float32Array(count * LATENT), { seed, stream: streams.prior, step: 0 }),
        shape: [count, LATENT],
      }),
      mean: new Float64Array(LATENT),
      deviation: new Float64Array(LATENT).fill(1),
    },
  },
]

/** Whether a sampler gives as many codes as it is asked for, finite, the same for a seed and others for another. */
export const checkSampler = (sampler: Sampler): Promise<readonly Flaw[]> =>
  flawsOf('draw', async () => [
    ...wordsFlaws(sampler),
    ...(
      await Promise.all((sampler.space === 'discrete' ? [bits] : known).map((own) => flawsOver(sampler, own)))
    ).flat(),
  ])

async function flawsOver(sampler: Sampler, own: KnownCodes): Promise<readonly Flaw[]> {
  const draw = await sampler.prepare(own)
  const [first, second, other] = await Promise.all([
    draw(5, 1),
    (await sampler.prepare(own))(5, 1),
    draw(5, 2),
  ])
  const isSame = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    a.length === b.length && Array.from(a).every((value, i) => value === b[i])
  return [
    ...flawUnless(
      first.shape.join() === `5,${LATENT}` && first.data.length === 5 * LATENT,
      'shape',
      () => `codes [${first.shape}]; wanted [5, ${LATENT}]`,
    ),
    ...flawUnless(
      Array.from(first.data).every(Number.isFinite),
      'draw',
      () => 'codes that are not finite; wanted numbers',
    ),
    ...flawUnless(
      isSame(first.data, second.data),
      'repeat',
      () => 'other codes for the same seed; wanted the same',
    ),
    ...flawUnless(
      !isSame(first.data, other.data),
      'seed',
      () => 'the same codes for another seed; wanted the seed to decide them',
    ),
  ]
}
