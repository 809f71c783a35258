import { broadcastShapes, type ConcreteShape, sizeOf, stridesOf } from '../../base/shape.ts'
import type { Values } from './reference.ts'

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
