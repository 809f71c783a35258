/** Local rewrites: each gives a cheaper tensor with the same value, or the tensor itself. */
import { sameShape } from '../base/shape.ts'
import { add } from './ops/add.ts'
import { scalarValue } from './ops/constant.ts'
import { matmulOp } from './ops/matmul.ts'
import { mul } from './ops/mul.ts'
import { neg } from './ops/neg.ts'
import { reshape, reshapeOp } from './ops/reshape.ts'
import { sub } from './ops/sub.ts'
import { broadcastOp, broadcastTo, sumOp } from './ops/sum.ts'
import type { Tensor } from './tensor.ts'

type Rewrite = (node: Tensor) => Tensor

/** Forgets which attributes an op takes, so that ops can be compared. */
const isOp = (node: Tensor, op: unknown): boolean => (node.op as unknown) === op

/** An op that broadcasts by itself reads an expanded input unexpanded, where its output keeps its shape. */
const unexpanded: Rewrite = (node) => {
  if (!node.op.broadcasts) return node
  let inputs = node.inputs
  for (const [i, input] of node.inputs.entries()) {
    if (!isOp(input, broadcastOp)) continue
    const fewer = inputs.with(i, input.inputs[0])
    if (sameShape(node.op.infer(fewer, node.attributes).shape, node.shape)) inputs = fewer
  }
  return inputs === node.inputs ? node : { ...node, inputs }
}

/** x + 0, x − 0 and 1 · x are x, where the number did not broadcast it. */
const withoutNeutral: Rewrite = (node) => {
  const neutral = isOp(node, mul.op) ? 1 : isOp(node, add.op) || isOp(node, sub.op) ? 0 : undefined
  if (neutral === undefined) return node
  const [a, b] = node.inputs
  if (scalarValue(b) === neutral && sameShape(a.shape, node.shape)) return a
  if (!isOp(node, sub.op) && scalarValue(a) === neutral && sameShape(b.shape, node.shape)) return b
  return node
}

/** A tensor as a number times another. */
export function scaling(node: Tensor): { readonly factor: number; readonly of: Tensor } | undefined {
  if (isOp(node, neg.op)) return { factor: -1, of: node.inputs[0] }
  if (!isOp(node, mul.op)) return undefined
  const [a, b] = node.inputs
  const right = scalarValue(b)
  if (right !== undefined) return { factor: right, of: a }
  const left = scalarValue(a)
  return left === undefined ? undefined : { factor: left, of: b }
}

const times = (x: Tensor, factor: number): Tensor => (factor === -1 ? neg(x) : mul(x, factor))

/** Where float32 keeps all its digits; beyond, a product of two factors may vanish though neither alone does. */
const isSafe = (factor: number): boolean => Math.abs(factor) >= 2 ** -126 && Math.abs(factor) < 2 ** 127

/** a · (b · x) is (ab) · x, and −(−x) is x. */
const mergedScalings: Rewrite = (node) => {
  const outer = scaling(node)
  const inner = outer && scaling(outer.of)
  if (!outer || !inner) return node
  const factor = outer.factor * inner.factor
  if (![outer.factor, inner.factor, factor].every(isSafe)) return node
  return factor === 1 ? inner.of : times(inner.of, factor)
}

/**
 * What multiplies a matrix multiplies its sum instead, which is smaller, or its product, which does so by itself, also
 * where the matrix has another shape first.
 */
const scaledLater: Rewrite = (node) => {
  if (![matmulOp, sumOp, reshapeOp].some((op) => isOp(node, op))) return node
  for (const [i, input] of node.inputs.entries()) {
    const found = scaling(input)
    if (found && isSafe(found.factor))
      return times({ ...node, inputs: node.inputs.with(i, found.of) }, found.factor)
  }
  return node
}

/** Of two reshapes, or two broadcasts, only the last one tells. */
const lastOfTwo: Rewrite = (node) => {
  const [input] = node.inputs
  if (isOp(node, reshapeOp) && isOp(input, reshapeOp)) return lastOfTwo(reshape(input.inputs[0], node.shape))
  if (isOp(node, broadcastOp) && isOp(input, broadcastOp)) return broadcastTo(input.inputs[0], node.shape)
  return node
}

/** What an expansion repeats, or the tensor itself. */
const unrepeated = (x: Tensor): Tensor => (isOp(x, broadcastOp) ? x.inputs[0] : x)

/** An elementwise op on repeated numbers is done once, and its result repeated. */
const repeatedLast: Rewrite = (node) => {
  if (!node.op.broadcasts || !node.inputs.some((input) => isOp(input, broadcastOp))) return node
  const inputs = node.inputs.map(unrepeated)
  const { shape } = node.op.infer(inputs, node.attributes)
  return sameShape(shape, node.shape) ? node : broadcastTo({ ...node, inputs, shape }, node.shape)
}

/** One number repeated is the same in every shape. */
const repeatedNumber: Rewrite = (node) => {
  if (!isOp(node, reshapeOp) || !isOp(node.inputs[0], broadcastOp)) return node
  const [source] = node.inputs[0].inputs
  return source.shape.every((extent) => extent === 1)
    ? broadcastTo(lastOfTwo(reshape(source, [])), node.shape)
    : node
}

/** In this order, because an input read unexpanded may turn out to be neutral. */
const rewrites: readonly Rewrite[] = [
  repeatedNumber,
  repeatedLast,
  unexpanded,
  withoutNeutral,
  mergedScalings,
  scaledLater,
  lastOfTwo,
]

/** The cheapest form that the rewrites know, of a node whose inputs have theirs already. */
export const rewrite: Rewrite = (node) => rewrites.reduce((kept, rule) => rule(kept), node)
