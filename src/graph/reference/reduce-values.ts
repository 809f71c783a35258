import { sizeOf, stridesOf } from '../../base/shape.ts'
import { type ReduceAttributes, reducedShape } from '../ops/sum.ts'
import type { Values } from './reference.ts'

/** Folds `axes` of a float64 array. */
export function reduceValues(
  x: Values,
  attributes: ReduceAttributes,
  start: number,
  fold: (sum: number, x: number) => number,
): Values {
  const kept = reducedShape(x.shape, { ...attributes, keepDims: true }) as number[]
  const strides = stridesOf(kept).map((stride, axis) => (attributes.axes.includes(axis) ? 0 : stride))
  const from = stridesOf(x.shape)
  const data = new Float64Array(sizeOf(kept)).fill(start)
  for (let at = 0; at < x.data.length; at++) {
    let to = 0
    for (let axis = 0; axis < x.shape.length; axis++)
      to += (Math.floor(at / from[axis]) % x.shape[axis]) * strides[axis]
    data[to] = fold(data[to], x.data[at])
  }
  return { data, shape: reducedShape(x.shape, attributes) as number[] }
}
