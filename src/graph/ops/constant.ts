import type { ElementType } from '../../base/arrays.ts'
import { type ConcreteShape, sizeOf } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

export type ConstantAttributes = {
  readonly values: readonly number[]
  readonly shape: ConcreteShape
  readonly dtype: ElementType
}

export const constantOp: OpDefinition<ConstantAttributes> = {
  name: 'constant',
  infer: (_, { dtype, shape }) => ({ dtype, shape }),
  gradient: () => [],
  onnx: (emit, _, { attributes: { values, shape, dtype } }) => emit.constant(values, shape, dtype),
}

/** A number written into the program. */
export const constant = (
  value: number | readonly number[],
  shape: ConcreteShape = typeof value === 'number' ? [] : [value.length],
  dtype: ElementType = 'float32',
): Tensor => {
  const values = typeof value === 'number' ? new Array<number>(sizeOf(shape)).fill(value) : value
  return apply(constantOp, [], { values, shape, dtype })
}

/** A tensor, or a number that stands for a scalar constant. @inline */
export type Operand = Tensor | number

export const asTensor = (operand: Operand): Tensor =>
  typeof operand === 'number' ? constant(operand) : operand

/** The value of a scalar constant; undefined for any other tensor. */
export const scalarValue = (tensor: Tensor): number | undefined =>
  (tensor.op as unknown) === constantOp && tensor.shape.length === 0
    ? (tensor.attributes as ConstantAttributes).values[0]
    : undefined
