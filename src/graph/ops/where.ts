import { broadcastShapes } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'
import { asTensor, type Operand } from './constant.ts'
import { sumTo } from './sum.ts'

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
  onnx: (emit, inputs) => emit.node('Where', inputs),
}

/** `yes` where the boolean `test` holds, else `no`; gradients flow through the chosen side only. */
export const where = (test: Tensor, yes: Operand, no: Operand): Tensor =>
  apply(whereOp, [test, asTensor(yes), asTensor(no)], {})
