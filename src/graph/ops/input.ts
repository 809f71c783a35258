import type { ElementType } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import type { Shape } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

/** A type, not an interface, so that it is a record of attributes. */
export type InputAttributes = { readonly name: string; readonly dtype: ElementType; readonly shape: Shape }

/** An input has its value from the feeds. */
export const unreachable = (name: string): never =>
  fail({
    code: 'graph/unbound-input',
    seen: `input "${name}" was evaluated as an op`,
    wanted: 'its value among the feeds',
    fix: `feed "${name}"`,
  })

export const inputOp: OpDefinition<InputAttributes> = {
  name: 'input',
  infer: (_, { dtype, shape }) => ({ dtype, shape }),
  gradient: () => [],
  onnx: (_, __, { attributes }) => unreachable(attributes.name),
}

/** A named value that is fed at every run: data, noise, a parameter, a weight. */
export const input = (name: string, shape: Shape, dtype: ElementType = 'float32'): Tensor =>
  apply(inputOp, [], { name, dtype, shape })

/** The name of an input leaf; undefined for any other tensor. */
export const inputName = (tensor: Tensor): string | undefined =>
  (tensor.op as unknown) === inputOp ? (tensor.attributes as InputAttributes).name : undefined
