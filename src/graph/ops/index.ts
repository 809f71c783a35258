/** Every op, so that the contract suites can sweep them. To add one: its file, and one line here. */
import type { OpDefinition } from '../tensor.ts'
import { abs } from './abs.ts'
import { add } from './add.ts'
import { binaryCrossEntropy } from './binary-cross-entropy.ts'
import { castOp } from './cast.ts'
import { clipOp } from './clip.ts'
import { equal, greater } from './compare.ts'
import { concatOp } from './concat.ts'
import { constantOp } from './constant.ts'
import { conv2dOp, convTranspose2dOp, convWeight2dOp } from './convolution.ts'
import { detach } from './detach.ts'
import { div } from './div.ts'
import { exp } from './exp.ts'
import { maximum, minimum } from './extremum.ts'
import { floor } from './floor.ts'
import { gatherOp, scatterAddOp } from './gather.ts'
import { hardmaxOp } from './hardmax.ts'
import { inputOp } from './input.ts'
import { log } from './log.ts'
import { logGamma } from './log-gamma.ts'
import { matmulOp } from './matmul.ts'
import { maxOp } from './max.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { polygammaOp } from './polygamma.ts'
import { positive } from './positive.ts'
import { relu } from './relu.ts'
import { reshapeOp } from './reshape.ts'
import { sigmoid } from './sigmoid.ts'
import { sign } from './sign.ts'
import { padOp, sliceOp } from './slice.ts'
import { logSoftmaxOp, logSumExpOp, softmaxOp } from './softmax.ts'
import { softplus } from './softplus.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'
import { broadcastOp, sumOp } from './sum.ts'
import { tanh } from './tanh.ts'
import { transposeOp } from './transpose.ts'
import { whereOp } from './where.ts'

/** A list forgets which attributes belong to which op; each op's own maker keeps the pairing. */
const forget = (op: unknown): OpDefinition => op as OpDefinition

export const allOps: readonly OpDefinition[] = [
  abs.op,
  add.op,
  binaryCrossEntropy.op,
  castOp,
  clipOp,
  equal.op,
  greater.op,
  concatOp,
  constantOp,
  conv2dOp,
  convTranspose2dOp,
  convWeight2dOp,
  detach.op,
  div.op,
  exp.op,
  floor.op,
  maximum.op,
  minimum.op,
  gatherOp,
  scatterAddOp,
  hardmaxOp,
  inputOp,
  log.op,
  logGamma.op,
  matmulOp,
  maxOp,
  mul.op,
  neg.op,
  polygammaOp,
  positive.op,
  relu.op,
  reshapeOp,
  sigmoid.op,
  sign.op,
  padOp,
  sliceOp,
  logSoftmaxOp,
  logSumExpOp,
  softmaxOp,
  softplus.op,
  sqrt.op,
  sub.op,
  broadcastOp,
  sumOp,
  tanh.op,
  transposeOp,
  whereOp,
].map(forget)
