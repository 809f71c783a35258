/** Makers of elementwise ops: what every unary and every broadcasting binary op shares. */
import type { ElementType } from '../../base/arrays.ts'
import { broadcastShapes } from '../../base/shape.ts'
import { type Attributes, apply, type OpDefinition, type Tensor } from '../tensor.ts'
import { asTensor, type Operand } from './constant.ts'
import { sumTo } from './sum.ts'

/** A maker that carries its definition to the index. @inline */
export type Maker<Arguments extends unknown[], A extends Attributes = Attributes> = ((
  ...args: Arguments
) => Tensor) & {
  /** @internal */
  readonly op: OpDefinition<A>
}

/** A maker of an elementwise op. @inline */
export type UnaryMaker = Maker<[x: Operand]>

type None = Readonly<Record<string, never>>

interface UnaryRule {
  readonly name: string
  /** Cotangent of x, from the cotangent of y = f(x). */
  readonly gradient: (upstream: Tensor, x: Tensor, y: Tensor) => Tensor | undefined
  /** An ONNX operator's name, or a lowering. */
  readonly onnx: string | OpDefinition['onnx']
}

/** y = f(x), element by element. */
export function unary(rule: UnaryRule): UnaryMaker {
  const { onnx } = rule
  const op: OpDefinition = {
    name: rule.name,
    broadcasts: true,
    infer: ([x]) => ({ dtype: 'float32', shape: x.shape }),
    gradient: (upstream, node) => [rule.gradient(upstream, node.inputs[0], node)],
    onnx: typeof onnx === 'string' ? (emit, inputs) => emit.node(onnx, inputs) : onnx,
  }
  return Object.assign((x: Operand) => apply(op, [asTensor(x)], {}), { op })
}

interface BinaryRule {
  readonly name: string
  readonly gradient: (
    upstream: Tensor,
    a: Tensor,
    b: Tensor,
    y: Tensor,
  ) => readonly [Tensor | undefined, Tensor | undefined]
  /** An ONNX operator's name, or a lowering. */
  readonly onnx: string | OpDefinition<None>['onnx']
  readonly dtype?: ElementType
}

/** y = f(a, b) with broadcasting; cotangents are summed back to each input's shape. */
export function binary(rule: BinaryRule): Maker<[a: Operand, b: Operand], None> {
  const { onnx } = rule
  const op: OpDefinition<None> = {
    name: rule.name,
    broadcasts: true,
    infer: ([a, b]) => ({
      dtype: rule.dtype ?? 'float32',
      shape: broadcastShapes(a.shape, b.shape, rule.name),
    }),
    gradient: (upstream, node) => {
      const [a, b] = node.inputs
      const cotangents = rule.gradient(upstream, a, b, node as unknown as Tensor)
      return cotangents.map((cotangent, i) => cotangent && sumTo(cotangent, node.inputs[i].shape))
    },
    onnx: typeof onnx === 'string' ? (emit, inputs) => emit.node(onnx, inputs) : onnx,
  }
  return Object.assign((a: Operand, b: Operand) => apply(op, [asTensor(a), asTensor(b)], {}), { op })
}
