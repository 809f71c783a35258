import type { NDArray } from '../../base/arrays.ts'
import { fillNormal, streams } from '../../base/random.ts'
import { type Program, program } from '../../graph/program.ts'
import { type ExampleType, tracePrior } from '../../model/autoencoder.ts'
import type { ModelSpec } from '../../model/spec.ts'
import { newTrace } from '../../model/trace.ts'
import { drawMixture } from './mixture-draws.ts'
import { type DrawCodes, defineSampler, type PriorComponents, refuseWithoutPrior } from './sampler.ts'

/** Computes `mean`, `logVariance` and `logWeight` of the prior's components; undefined where it is no mixture. */
export function priorProgram(spec: ModelSpec, example: ExampleType): Program | undefined {
  const { mixture } = tracePrior(spec, example, newTrace())
  return mixture && program('prior', { ...mixture })
}

/** The model's own prior. */
export const prior = defineSampler({
  name: 'prior',
  summary: 'the prior p(z) of the model',
  prepare({ latent, hasPrior, prior: components, drawnPrior }) {
    if (!hasPrior)
      return refuseWithoutPrior(
        'samples from the prior',
        'sample from its codes (--from gmm or --from aggregate)',
      )
    if (drawnPrior) return drawnPrior.draw
    if (components) return componentDraws(latent, components)
    return (count, seed) => priorDraws(count, latent, seed)
  },
})

/** Draws codes from N(0, I) [count, latent]. */
export const priorDraws = (count: number, latent: number, seed: number): NDArray<Float32Array> => ({
  data: fillNormal(new Float32Array(count * latent), { seed, stream: streams.prior, step: 0 }),
  shape: [count, latent],
})

function componentDraws(latent: number, { mean, logVariance, logWeight }: PriorComponents): DrawCodes {
  const weights = exponentials(logWeight)
  const deviations = exponentials(logVariance).map(Math.sqrt)
  return (count, seed) =>
    drawMixture({ count, latent, seed, weights }, (noise, component) => {
      for (let d = 0, at = component * latent; d < latent; d++, at++)
        noise[d] = mean.data[at] + deviations[at] * noise[d]
    })
}

const exponentials = ({ data }: NDArray): Float64Array => Float64Array.from(data, Math.exp)
