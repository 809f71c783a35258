/**
 * `betavae/graph`: symbolic tensors, and the makers of parts of your own.
 *
 * @module betavae/graph
 */
export {
  abs,
  add,
  binaryCrossEntropy,
  broadcastTo,
  clip,
  concat,
  constant,
  conv2d,
  convTranspose2d,
  detach,
  digamma,
  div,
  exp,
  floor,
  gather,
  gradient,
  greater,
  hardmax,
  log,
  logGamma,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  mean,
  minimum,
  mul,
  neg,
  pad,
  relu,
  reshape,
  sigmoid,
  sign,
  slice,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  sumPerExample,
  type Tensor,
  tanh,
  transpose,
  where,
} from '../graph/vocabulary.ts'
export { defineSampler, type Sampler } from '../infer/samplers/sampler.ts'
export { type Architecture, defineArchitecture } from '../model/architectures/architecture.ts'
export type { Autoencoder } from '../model/autoencoder.ts'
export { defineLatent, type Latent } from '../model/distributions/latent.ts'
export { defineLikelihood, type Likelihood } from '../model/likelihoods/likelihood.ts'
export { definePrior, type Prior } from '../model/priors/prior.ts'
export type { CodeSpace } from '../model/spaces.ts'
export { definePreset } from '../objective/presets/preset.ts'
export { defineSchedule, type ScheduleKind } from '../objective/schedule.ts'
export { defineTerm, type Term, type TermTrace } from '../objective/term.ts'
export { defineOptimizer, type Optimizer } from '../optimizers/optimizer.ts'
