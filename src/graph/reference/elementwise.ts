/** Ops that work element by element: each with its function in float64, and the ranges that it is tried on. */

import { logGamma as logGammaOf } from '../../base/math/log-gamma.ts'
import type { ConcreteShape } from '../../base/shape.ts'
import { abs } from '../ops/abs.ts'
import { add } from '../ops/add.ts'
import { binaryCrossEntropy } from '../ops/binary-cross-entropy.ts'
import { equal, greater } from '../ops/compare.ts'
import type { Operand } from '../ops/constant.ts'
import { detach } from '../ops/detach.ts'
import { div } from '../ops/div.ts'
import type { Maker, UnaryMaker } from '../ops/elementwise.ts'
import { exp } from '../ops/exp.ts'
import { maximum, minimum } from '../ops/extremum.ts'
import { floor } from '../ops/floor.ts'
import { log } from '../ops/log.ts'
import { logGamma } from '../ops/log-gamma.ts'
import { mul } from '../ops/mul.ts'
import { neg } from '../ops/neg.ts'
import { positive } from '../ops/positive.ts'
import { relu } from '../ops/relu.ts'
import { sigmoid } from '../ops/sigmoid.ts'
import { sign } from '../ops/sign.ts'
import { softplus } from '../ops/softplus.ts'
import { sqrt } from '../ops/sqrt.ts'
import { sub } from '../ops/sub.ts'
import { tanh } from '../ops/tanh.ts'
import { broadcastValues } from './broadcast-values.ts'
import type { ProbeInput, Reference } from './reference.ts'

type None = Readonly<Record<string, never>>

const between = (low: number, high: number, shape: ConcreteShape = [3, 4]): ProbeInput => ({
  shape,
  low,
  high,
})

const unary = (
  { op }: UnaryMaker,
  value: (x: number) => number,
  probes: readonly ProbeInput[],
): Reference => ({
  op,
  evaluate: ([x]) => ({ data: x.data.map(value), shape: x.shape }),
  probes: probes.map((probe) => ({ inputs: [probe], attributes: {} })),
})

const binary = (
  { op }: Maker<[a: Operand, b: Operand], None>,
  value: (a: number, b: number) => number,
  probes: readonly (readonly [ProbeInput, ProbeInput])[],
): Reference<None> => ({
  op,
  evaluate: ([a, b]) => broadcastValues([a, b], ([x, y]) => value(x, y), op.name),
  probes: probes.map((inputs) => ({ inputs, attributes: {} })),
})

const nonzero: ProbeInput = { shape: [3, 4], low: -2, high: 2, awayFromZero: 0.1 }
const wholeNumbers: ProbeInput = { shape: [3, 4], low: -3, high: 3, dtype: 'int32' }

/** Arranged so that neither tail overflows. */
const softplusOf = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

export const unaryReferences: readonly Reference[] = [
  unary(abs, Math.abs, [nonzero]),
  unary(detach, (x) => x, [between(-2, 2)]),
  unary(exp, Math.exp, [between(-3, 3)]),
  unary(floor, Math.floor, [between(-3, 3)]),
  unary(log, Math.log, [between(0.2, 4)]),
  unary(logGamma, logGammaOf, [between(0.3, 9), between(20, 30)]),
  unary(neg, (x) => -x, [between(-2, 2)]),
  unary(positive, (x) => (x > 0 ? 1 : 0), [nonzero]),
  unary(relu, (x) => Math.max(x, 0), [nonzero]),
  unary(sigmoid, (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))), [
    between(-6, 6),
  ]),
  unary(sign, Math.sign, [nonzero]),
  unary(softplus, softplusOf, [between(-30, 30), between(-1, 1)]),
  unary(sqrt, Math.sqrt, [between(0.3, 4)]),
  unary(tanh, Math.tanh, [between(-3, 3)]),
]

export const binaryReferences: readonly Reference<None>[] = [
  binary(add, (a, b) => a + b, [
    [between(-2, 2), between(-2, 2)],
    [between(-2, 2, [3, 1]), between(-2, 2, [4])],
  ]),
  binary(binaryCrossEntropy, (logit, x) => softplusOf(logit) - x * logit, [
    [between(-6, 6), between(0, 1)],
    [between(-90, 90), between(0, 1)],
  ]),
  binary(div, (a, b) => a / b, [
    [between(-2, 2), between(0.5, 2)],
    [between(-2, 2, [4]), between(-2, -0.5, [3, 1])],
  ]),
  binary(equal, (a, b) => (a === b ? 1 : 0), [[wholeNumbers, wholeNumbers]]),
  binary(greater, (a, b) => (a > b ? 1 : 0), [[wholeNumbers, wholeNumbers]]),
  binary(maximum, Math.max, [[between(-2, 2), between(-2, 2)]]),
  binary(minimum, Math.min, [[between(-2, 2), between(-2, 2)]]),
  binary(mul, (a, b) => a * b, [
    [between(-2, 2), between(-2, 2)],
    [between(-2, 2, [3, 4]), between(-2, 2, [])],
  ]),
  binary(sub, (a, b) => a - b, [
    [between(-2, 2), between(-2, 2)],
    [between(-2, 2, [2, 3, 4]), between(-2, 2, [3, 1])],
  ]),
]
