import { type ConstantAttributes, constantOp } from '../ops/constant.ts'
import type { Reference } from './reference.ts'

export const constantReference: Reference<ConstantAttributes> = {
  op: constantOp,
  evaluate: (_, { values, shape }) => ({ data: Float64Array.from(values), shape }),
  probes: [],
}
