import { type InputAttributes, inputOp, unreachable } from '../ops/input.ts'
import type { Reference } from './reference.ts'

export const inputReference: Reference<InputAttributes> = {
  op: inputOp,
  evaluate: (_, { name }) => unreachable(name),
  probes: [],
}
