import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { add } from '../../graph/ops/add.ts'
import { concat } from '../../graph/ops/concat.ts'
import { constant } from '../../graph/ops/constant.ts'
import { hardmax } from '../../graph/ops/hardmax.ts'
import { matmul } from '../../graph/ops/matmul.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { slice } from '../../graph/ops/slice.ts'
import { logSoftmax } from '../../graph/ops/softmax.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { gumbel, oneHotOf, placesIn } from '../distributions/levels.ts'
import { byPlace } from '../layers/by-place.ts'
import { causalDense } from './causal/dense.ts'
import { causalImage } from './causal/image.ts'
import { definePrior, type PriorContext } from './prior.ts'
import { discreteOf } from './uniform.ts'

const size = z.int().check(z.positive(), z.maximum(65_536))
const options = z.strictObject({
  network: z._default(
    z
      .enum(['dense', 'convolutions'])
      .check(
        z.describe(
          'masked dense layers, or masked convolutions of codes that are images, which learn in fewer steps and take far longer for each',
        ),
      ),
    'dense',
  ),
  hidden: z._default(size.check(z.describe('hidden units, or channels, of each masked layer')), 256),
  depth: z._default(
    z.int().check(z.minimum(0), z.maximum(100), z.describe('masked layers between the first and the last')),
    2,
  ),
  embedding: z._default(size.check(z.describe('numbers that a level is embedded in')), 16),
})
type Options = z.infer<typeof options>

/** Log-probability of a level that a variable has not. */
const NEVER = -1e9

/** How levels are numbered from 0 and laid out, all variables alike. */
interface Levels {
  readonly counts: readonly number[]
  readonly most: number
}

const levelsOf = (counts: readonly number[]): Levels => ({ counts, most: Math.max(...counts) })

/** Unnormalized log-probabilities of each variable's levels [rows, variables, most], given the variables before it. */
function logits(oneHot: Tensor, levels: Levels, context: Context, own: Options): Tensor {
  const { layers, places } = context
  const { counts, most } = levels
  const [rows] = oneHot.shape
  const declare = layers('levels')
  const table = declare('embedding', [most, own.embedding], 1)
  const flat = byPlace(reshape(oneHot, [rows, counts.length * most]), most)
  const embedded = reshape(matmul(flat, table), [rows, counts.length * own.embedding])
  const said =
    own.network === 'dense'
      ? causalDense(embedded, own, layers)
      : causalImage(embedded, places ?? refuseNoPlaces(), own, layers)
  const weight = declare('weight', [most, own.embedding], 1 / Math.sqrt(own.embedding))
  const raw = matmul(byPlace(said, own.embedding), weight, { transposeB: true })
  const usual = declare('bias', [counts.length, most], 0)
  return add(reshape(raw, [rows, counts.length, most]), add(usual, possible(levels)))
}

const refuseNoPlaces = (): never =>
  fail({
    code: 'model/prior-places',
    seen: 'masked convolutions over codes that are no images',
    wanted: 'a code with a place for each position of a convolutional encoder',
    fix: 'drop --autoregressive-network, or use --posterior vq --arch conv',
    usage: true,
  })

/** 0 for levels that a variable has. */
const possible = ({ counts, most }: Levels): Tensor | number =>
  counts.every((count) => count === most)
    ? 0
    : constant(
        counts.flatMap((count) => Array.from({ length: most }, (_, level) => (level < count ? 0 : NEVER))),
        [counts.length, most],
      )

type Context = Pick<PriorContext, 'layers' | 'places'>

/**
 * Each variable of a discrete code given those before it: log p(z) = Σᵥ log p(zᵥ | z₁ … zᵥ₋₁), by masked dense layers, or by
 * masked convolutions of codes that are images. Larochelle & Murray 2011, eq. 1; van den Oord et al. 2017, section 3.3.
 *
 * Its density takes one pass. A draw takes as many as there are variables: each settles one more, as the greatest of its
 * log-probabilities and Gumbel noise.
 */
export const autoregressive = definePrior({
  name: 'autoregressive',
  summary: 'each variable of a discrete code given those before it, learned with the model',
  paper: 'Larochelle & Murray 2011; van den Oord et al. 2017, section 3.3',
  options,
  formula: () => '∏ p(zᵥ|z₍<ᵥ₎), learned',
  space: 'discrete',
  needs: 'draws',
  density(context, own) {
    const { levels: counts, coding } = discreteOf(context)
    const levels = levelsOf(counts)
    const { latent } = context
    const variables = counts.length
    return {
      logDensity(code) {
        const oneHot = coding.read(code)
        return sum(mul(oneHot, logSoftmax(logits(oneHot, levels, context, own))), [1, 2])
      },
      noise: { kind: 'uniform', width: variables * levels.most },
      passes: variables,
      width: latent + variables,
      step(noise, before) {
        const known = slice(before, 1, latent, latent + variables)
        const said = logits(oneHotOf(known, levels.most), levels, context, own)
        const drawn = hardmax(add(said, reshape(gumbel(noise), said.shape)))
        return concat([coding.write(drawn), placesIn(drawn)], 1)
      },
    }
  },
})
