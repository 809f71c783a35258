import * as z from 'zod/mini'
import { input } from '../graph/ops/input.ts'
import type { Tensor } from '../graph/tensor.ts'
import { dense } from '../model/layers/dense.ts'
import { type Prior, priorLogDensity } from '../model/priors/prior.ts'
import { newTrace } from '../model/trace.ts'
import { drawn, evaluated, inputsOf } from './evaluated.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { checkGradient, weighted } from './probing.ts'
import { smallOptions } from './small-options.ts'
import { wordsFlaws } from './words.ts'

const LATENT = 3
const EXACT = 1e-7
const exampleShape = [6]

/** Whether a prior is a mixture of Gaussians as it says, whose weights are one whole and whose gradient is its own. */
export const checkPrior = (prior: Prior): Promise<readonly Flaw[]> =>
  flawsOf('components', async () => {
    const options = z.parse(prior.options, smallOptions(prior.options))
    const trace = newTrace()
    const encoder = trace.layers('encoder')
    const encode = (x: Tensor) => ({
      mean: dense(x, LATENT, encoder('mean')),
      logVariance: dense(x, LATENT, encoder('logVariance')),
    })
    const context = {
      latent: LATENT,
      exampleShape,
      layers: trace.layers('prior'),
      unitInterval: true,
      encode,
    }
    const mixture = prior.components(context, options)
    const feeds = Object.fromEntries([
      ...trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i)] as const),
      ['code', drawn([4, LATENT], 50)] as const,
    ])
    const words = [
      ...wordsFlaws(prior, options),
      ...flawUnless(
        (prior.isStandard === true) === (mixture === undefined),
        'components',
        () =>
          `${mixture ? 'components' : 'none'} with isStandard ${prior.isStandard}; wanted none of N(0, I) alone`,
      ),
    ]
    if (!mixture) return words
    const count = mixture.mean.shape[0] as number
    const shapes = [mixture.mean, mixture.logVariance, mixture.logWeight].map(({ shape }) => shape.join('×'))
    const wanted = [`${count}×${LATENT}`, `${count}×${LATENT}`, `${count}`]
    if (shapes.join() !== wanted.join())
      return [
        ...words,
        { check: 'shape', said: `components ${shapes.join(', ')}; wanted ${wanted.join(', ')}` },
      ]
    const { logWeight } = await evaluated({ logWeight: mixture.logWeight }, feeds)
    const whole = logWeight.reduce((sum, log) => sum + Math.exp(log), 0)
    const loss = weighted(priorLogDensity(input('code', [4, LATENT]), mixture))
    const used = inputsOf(loss)
    const moved = trace.parameters.filter(({ name }) => used.includes(name))
    const fed = Object.fromEntries(Object.entries(feeds).filter(([name]) => used.includes(name)))
    const { worst } = await checkGradient(
      loss,
      moved.map(({ name }) => name),
      moved.map(({ tensor }) => tensor),
      fed,
    )
    return [
      ...words,
      ...flawUnless(
        Math.abs(whole - 1) < 1e-6,
        'weights',
        () => `weights that add to ${whole}; wanted log-weights of one whole`,
      ),
      ...flawUnless(
        worst < EXACT,
        'gradient',
        () => `it differs from central differences by ${worst}; wanted at most ${EXACT}`,
      ),
    ]
  })
