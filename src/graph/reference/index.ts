/** What every op of the index comes to in float64. To add one: a line here, or in `elementwise.ts`. */
import { castReference } from './cast.ts'
import { clipReference } from './clip.ts'
import { concatReference } from './concat.ts'
import { constantReference } from './constant.ts'
import { conv2dReference, convTranspose2dReference, convWeight2dReference } from './convolution.ts'
import { binaryReferences, unaryReferences } from './elementwise.ts'
import { gatherReference, scatterAddReference } from './gather.ts'
import { hardmaxReference } from './hardmax.ts'
import { inputReference } from './input.ts'
import { matmulReference } from './matmul.ts'
import { maxReference } from './max.ts'
import { polygammaReference } from './polygamma.ts'
import type { Reference } from './reference.ts'
import { reshapeReference } from './reshape.ts'
import { padReference, sliceReference } from './slice.ts'
import { logSoftmaxReference, logSumExpReference, softmaxReference } from './softmax.ts'
import { broadcastReference, sumReference } from './sum.ts'
import { transposeReference } from './transpose.ts'
import { whereReference } from './where.ts'

/** A list forgets which attributes belong to which op. */
const forget = (reference: unknown): Reference => reference as Reference

export const allReferences: readonly Reference[] = [
  castReference,
  clipReference,
  concatReference,
  constantReference,
  conv2dReference,
  convTranspose2dReference,
  convWeight2dReference,
  ...binaryReferences,
  ...unaryReferences,
  gatherReference,
  scatterAddReference,
  hardmaxReference,
  inputReference,
  matmulReference,
  maxReference,
  polygammaReference,
  reshapeReference,
  padReference,
  sliceReference,
  logSoftmaxReference,
  logSumExpReference,
  softmaxReference,
  broadcastReference,
  sumReference,
  transposeReference,
  whereReference,
].map(forget)
