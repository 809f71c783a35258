import type { Emit } from '../onnx/emit.ts'
import { binary } from './elementwise.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { sigmoid } from './sigmoid.ts'
import { sub } from './sub.ts'

/**
 * −log Bernoulli(x; σ(l)) from logits l: log(1 + eˡ) − x·l, for x in [0, 1].
 *
 * It is one op, so that log(1 + eˡ) can be computed as max(l, 0) − log σ(|l|). That costs a third of ONNX
 * Runtime's Softplus and errs by less than 1e-6 nats.
 */
export const binaryCrossEntropy = binary({
  name: 'binaryCrossEntropy',
  gradient: (upstream, logits, x) => [mul(upstream, sub(sigmoid(logits), x)), neg(mul(upstream, logits))],
  onnx: (emit, inputs) => {
    const { positive, product, likelier } = parts(emit, inputs)
    return emit.node('Sub', [emit.node('Sub', [positive, product]), emit.node('Log', [likelier])])
  },
})

/** max(l, 0), x·l, and σ(|l|), the probability of the likelier of 0 and 1. */
const parts = (emit: Emit, [logits, x]: readonly string[]) => ({
  positive: emit.node('Relu', [logits]),
  product: emit.node('Mul', [x, logits]),
  likelier: emit.node('Sigmoid', [emit.node('Abs', [logits])]),
})

/** Numbers of at least one half whose product float32 still holds. */
const MOST_FACTORS = 100

/**
 * The sum over an example's entries [batch, …rest] to [batch]: a sum of logarithms is the logarithm of a product, so
 * there is one for every `MOST_FACTORS` entries at most. A tenth of a step of a dense VAE went into the others. The other
 * two parts are summed before they are subtracted, which saves a pass over all entries.
 */
export function lowerSummedCrossEntropy(
  emit: Emit,
  inputs: readonly string[],
  rest: readonly number[],
): string {
  const { positive, product, likelier } = parts(emit, inputs)
  const count = rest.reduce((a, b) => a * b, 1)
  const factors = greatestDivisor(count, MOST_FACTORS)
  // ONNX reads 0 as: the extent that was there.
  const groups = emit.node('Reshape', [likelier, emit.integers([0, count / factors, factors])])
  const products = emit.node('ReduceProd', [groups, emit.integers([2])], { keepdims: 0 })
  const total = (value: string, axes: readonly number[]) =>
    emit.node('ReduceSum', [value, emit.integers(axes)], { keepdims: 0 })
  const axes = rest.map((_, i) => i + 1)
  const linear = emit.node('Sub', [total(positive, axes), total(product, axes)])
  return emit.node('Sub', [linear, total(emit.node('Log', [products]), [1])])
}

function greatestDivisor(count: number, most: number): number {
  for (let divisor = Math.min(count, most); divisor > 1; divisor--) if (count % divisor === 0) return divisor
  return 1
}
