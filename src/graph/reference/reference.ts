import type { ElementType } from '../../base/arrays.ts'
import type { Bindings, ConcreteShape } from '../../base/shape.ts'
import type { Attributes, OpDefinition } from '../tensor.ts'

/** A value of the float64 reference: every element type is held as a double. */
export interface Values {
  readonly data: Float64Array
  readonly shape: ConcreteShape
}

/** One example that the contract suite feeds an op: input shapes, the range their values are drawn from, attributes. */
export interface Probe<A extends Attributes = Attributes> {
  readonly inputs: readonly ProbeInput[]
  readonly attributes: A
}

export interface ProbeInput {
  readonly shape: ConcreteShape
  readonly low: number
  readonly high: number
  /** Whole numbers (indices, conditions) are drawn whole and are not differentiated. */
  readonly dtype?: ElementType
  /** Absolute values below this are avoided: a kink sits at 0. */
  readonly awayFromZero?: number
}

/** What an op comes to, and how it is tried: of no use to who trains or opens a model, so it is no part of the op. */
export interface Reference<A extends Attributes = Attributes> {
  readonly op: OpDefinition<A>
  /** The output in float64. */
  evaluate(inputs: readonly Values[], attributes: A, bindings: Bindings): Values
  readonly probes: readonly Probe<A>[]
}
