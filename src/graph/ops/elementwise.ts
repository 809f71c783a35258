/** Makers of elementwise ops: what every unary and every broadcasting binary op shares. */
import type { ElementType } from '../../base/arrays.ts'
import { broadcastShapes, type ConcreteShape, sizeOf, stridesOf } from '../../base/shape.ts'
import {
  type Attributes,
  apply,
  type OpDefinition,
  type Probe,
  type ProbeInput,
  type Tensor,
  type Values,
} from '../tensor.ts'
import { asTensor, type Operand } from './constant.ts'
import { sumTo } from './sum.ts'

/** A maker that carries its definition to the index. @inline */
export type Maker<Arguments extends unknown[], A extends Attributes = Attributes> = ((
  ...args: Arguments
) => Tensor) & {
  /** @internal */
  readonly op: OpDefinition<A>
}

/** A maker of an elementwise op, with the function it applies. @inline */
export type UnaryMaker = Maker<[x: Operand]> & {
  /** @internal */
  readonly value: (x: number) => number
}

type None = Readonly<Record<string, never>>

export const between = (low: number, high: number, shape: ConcreteShape = [3, 4]): ProbeInput => ({
  shape,
  low,
  high,
})

interface UnaryRule {
  readonly name: string
  readonly value: (x: number) => number
  /** Cotangent of x, from the cotangent of y = f(x). */
  readonly gradient: (upstream: Tensor, x: Tensor, y: Tensor) => Tensor | undefined
  /** An ONNX operator's name, or a lowering. */
  readonly onnx: string | OpDefinition['onnx']
  readonly probes: readonly ProbeInput[]
}

/** y = f(x), element by element. */
export function unary(rule: UnaryRule): UnaryMaker {
  const { onnx } = rule
  const op: OpDefinition = {
    name: rule.name,
    broadcasts: true,
    infer: ([x]) => ({ dtype: 'float32', shape: x.shape }),
    gradient: (upstream, node) => [rule.gradient(upstream, node.inputs[0], node)],
    reference: ([x]) => ({ data: x.data.map(rule.value), shape: x.shape }),
    onnx: typeof onnx === 'string' ? (emit, inputs) => emit.node(onnx, inputs) : onnx,
    probes: rule.probes.map((probe) => ({ inputs: [probe], attributes: {} })),
  }
  return Object.assign((x: Operand) => apply(op, [asTensor(x)], {}), { op, value: rule.value })
}

interface BinaryRule {
  readonly name: string
  readonly value: (a: number, b: number) => number
  readonly gradient: (
    upstream: Tensor,
    a: Tensor,
    b: Tensor,
    y: Tensor,
  ) => readonly [Tensor | undefined, Tensor | undefined]
  /** An ONNX operator's name, or a lowering. */
  readonly onnx: string | OpDefinition<None>['onnx']
  readonly probes: readonly (readonly [ProbeInput, ProbeInput])[]
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
    reference: ([a, b]) => broadcastValues([a, b], ([x, y]) => rule.value(x, y), rule.name),
    onnx: typeof onnx === 'string' ? (emit, inputs) => emit.node(onnx, inputs) : onnx,
    probes: rule.probes.map((inputs): Probe<None> => ({ inputs, attributes: {} })),
  }
  return Object.assign((a: Operand, b: Operand) => apply(op, [asTensor(a), asTensor(b)], {}), { op })
}

/** Applies `f` over broadcast inputs, in float64. */
export function broadcastValues(
  inputs: readonly Values[],
  f: (args: number[]) => number,
  name: string,
): Values {
  const shape = inputs.map((value) => value.shape).reduce((a, b) => broadcastShapes(a, b, name) as number[])
  const data = new Float64Array(sizeOf(shape))
  const walks = inputs.map((value) => broadcastStrides(value.shape, shape))
  const args = new Array<number>(inputs.length)
  const index = new Array<number>(shape.length).fill(0)
  const offsets = new Array<number>(inputs.length).fill(0)
  for (let at = 0; at < data.length; at++) {
    for (let i = 0; i < inputs.length; i++) args[i] = inputs[i].data[offsets[i]]
    data[at] = f(args)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      for (let i = 0; i < inputs.length; i++) offsets[i] += walks[i][axis]
      if (++index[axis] < shape[axis]) break
      for (let i = 0; i < inputs.length; i++) offsets[i] -= walks[i][axis] * shape[axis]
      index[axis] = 0
    }
  }
  return { data, shape }
}

/** Strides that walk a smaller array along a broadcast shape: 0 where its extent is repeated. */
function broadcastStrides(from: ConcreteShape, to: ConcreteShape): number[] {
  const strides = stridesOf(from)
  const skipped = to.length - from.length
  return to.map((_, axis) => (axis < skipped || from[axis - skipped] === 1 ? 0 : strides[axis - skipped]))
}
