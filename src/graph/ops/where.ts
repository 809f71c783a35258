import { broadcastShapes } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'
import { asTensor, type Operand } from './constant.ts'
import { broadcastValues } from './elementwise.ts'
import { sumTo } from './sum.ts'

const condition = { shape: [3, 4], low: 0, high: 1, dtype: 'bool' } as const

export const whereOp: OpDefinition = {
  name: 'where',
  broadcasts: true,
  infer: ([test, yes, no]) => ({
    dtype: yes.dtype,
    shape: broadcastShapes(test.shape, broadcastShapes(yes.shape, no.shape, 'where'), 'where'),
  }),
  gradient: (upstream, { inputs: [test, yes, no] }) => [
    undefined,
    sumTo(where(test, upstream, 0), yes.shape),
    sumTo(where(test, 0, upstream), no.shape),
  ],
  reference: (inputs) => broadcastValues(inputs, ([test, yes, no]) => (test ? yes : no), 'where'),
  onnx: (emit, inputs) => emit.node('Where', inputs),
  probes: [
    {
      inputs: [condition, { shape: [3, 4], low: -2, high: 2 }, { shape: [4], low: -2, high: 2 }],
      attributes: {},
    },
  ],
}

/** `yes` where the boolean `test` holds, else `no`; gradients flow through the chosen side only. */
export const where = (test: Tensor, yes: Operand, no: Operand): Tensor =>
  apply(whereOp, [test, asTensor(yes), asTensor(no)], {})
