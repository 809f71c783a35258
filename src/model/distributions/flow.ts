import * as z from 'zod/mini'
import { sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { concat } from '../../graph/ops/concat.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { softplus } from '../../graph/ops/softplus.ts'
import { sub } from '../../graph/ops/sub.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { dense } from '../layers/dense.ts'
import { maskedDense } from '../layers/masked-dense.ts'
import type { Layers } from '../parameters.ts'
import { gaussian } from './gaussian.ts'
import { defineLatent, type Statistics } from './latent.ts'

/** Added to the gates, so that every step starts by keeping most of its input. Kingma et al. 2016, section 4. */
const KEEP = 1.5

const options = z.strictObject({
  steps: z._default(
    z.int().check(z.positive(), z.maximum(100), z.describe('transformations of the code, one after another')),
    2,
  ),
  hidden: z._default(
    z.int().check(z.positive(), z.maximum(65_536), z.describe('hidden units of the network in each step')),
    64,
  ),
  context: z._default(
    z
      .int()
      .check(
        z.positive(),
        z.maximum(65_536),
        z.describe('numbers that the encoder tells the steps besides mean and variance'),
      ),
    32,
  ),
})

/**
 * Inverse autoregressive flow: z ← σ(s) ⊙ z + (1 − σ(s)) ⊙ m, where mᵢ and sᵢ depend on z₁ … zᵢ₋₁ and x alone, so
 * that log q falls by Σ log σ(s). Kingma et al. 2016, eq. 10 and algorithm 1.
 */
export const flow = defineLatent({
  name: 'iaf',
  summary: 'a diagonal Gaussian bent by inverse autoregressive flow, for posteriors of any shape',
  paper: 'Kingma et al. 2016, eq. 10 and algorithm 1',
  options,
  stochastic: true,
  gaussian: false,
  statistics: (features, size, layers, { context }) => ({
    ...gaussian.statistics(features, size, layers, {}),
    context: dense(features, context, layers('context')),
  }),
  draw(statistics, noise, layers, chosen) {
    const start = gaussian.draw(statistics, noise, layers, {})
    const { code, shrinkage } = transform(start.code, statistics, layers, chosen)
    return { code, logDensity: add(start.logDensity as Tensor, shrinkage) }
  },
  center: (statistics, layers, chosen) => transform(statistics.mean, statistics, layers, chosen).code,
})

/** The code after every step, and by how much space shrank on the way: −log |det ∂code/∂start| in nats [rows]. */
function transform(
  start: Tensor,
  { context }: Statistics,
  layers: Layers,
  { steps, hidden }: z.infer<typeof options>,
): { readonly code: Tensor; readonly shrinkage: Tensor } {
  let code = start
  const shrinkages: Tensor[] = []
  for (let step = 0; step < steps; step++) {
    const own: Layers = (path) => layers(`flow.${step}.${path}`)
    const { proposal, gate } = autoregressive(code, context, hidden, step % 2 === 1, own)
    code = add(proposal, mul(sigmoid(gate), sub(code, proposal)))
    // −log σ(s) = log(1 + e⁻ˢ), which never takes the logarithm of a sigmoid that has become 0.
    shrinkages.push(sumPerExample(softplus(neg(gate))))
  }
  return { code, shrinkage: shrinkages.reduce((sum, shrinkage) => add(sum, shrinkage)) }
}

/** m and s for each dimension of a code, from the dimensions before it (or, reversed, after it) and the context. */
function autoregressive(
  code: Tensor,
  context: Tensor,
  hidden: number,
  isReversed: boolean,
  layers: Layers,
): { readonly proposal: Tensor; readonly gate: Tensor } {
  const size = code.shape[1] as number
  const place = Array.from({ length: size }, (_, i) => (isReversed ? size - 1 - i : i))
  // A unit of degree g sees the g first dimensions; the context has degree 0, so that all may see it.
  const inputs = [...place.map((i) => i + 1), ...new Array<number>(context.shape[1] as number).fill(0)]
  const units = Array.from({ length: hidden }, (_, k) => Math.floor((k * size) / hidden))
  const features = tanh(maskedDense(concat([code, context], 1), inputs, units, layers('hidden')))
  return {
    proposal: maskedDense(features, units, place, layers('mean')),
    gate: add(maskedDense(features, units, place, layers('gate')), KEEP),
  }
}
