import { sumPerExample } from '../../../graph/functions.ts'
import { add } from '../../../graph/ops/add.ts'
import { slice } from '../../../graph/ops/slice.ts'
import { sub } from '../../../graph/ops/sub.ts'
import type { Tensor } from '../../../graph/tensor.ts'
import {
  boundLogVariance,
  gaussianLogDensity,
  klToStandardNormal,
  reparametrized,
} from '../../../model/distributions/gaussian.ts'
import { dense } from '../../../model/layers/dense.ts'
import { denseStack } from '../../../model/layers/dense-stack.ts'
import type { Layers } from '../../../model/parameters.ts'
import type { CodeLearner } from './code-learner.ts'

const HIDDEN = [128, 128]
/** Log-variance of codes at the start: with as much as standardized codes have it would never use a dimension. */
const START = -2

/**
 * The second stage of Dai & Wipf 2019, section 4: a VAE whose data are codes, with as many dimensions of its own, and one
 * learned variance about what its decoder says.
 */
export const secondVae: CodeLearner = {
  space: 'euclidean',
  trace({ latent, layers, noise }) {
    const [encoder, decoder] = [part(layers, 'encoder'), part(layers, 'decoder')]
    const decode = (own: Tensor) => dense(denseStack(own, HIDDEN, 'relu', decoder), latent, decoder('mean'))
    const logVariance = () => add(boundLogVariance(layers('spread')('logVariance', [1], 0)), START)
    return {
      loss(code) {
        const features = denseStack(code, HIDDEN, 'relu', encoder)
        const mean = dense(features, latent, encoder('mean'))
        const own = boundLogVariance(dense(features, latent, encoder('logVariance')))
        const drawn = reparametrized(mean, own, noise(code.shape[0], latent))
        const reached = gaussianLogDensity(code, decode(drawn), logVariance())
        return sumPerExample(sub(klToStandardNormal(mean, own), reached))
      },
      noise: { kind: 'normal', width: 2 * latent },
      step: (drawn) =>
        reparametrized(
          decode(slice(drawn, 1, 0, latent)),
          logVariance(),
          slice(drawn, 1, latent, 2 * latent),
        ),
    }
  },
}

const part =
  (layers: Layers, name: string): Layers =>
  (path) =>
    layers(`${name}.${path}`)
