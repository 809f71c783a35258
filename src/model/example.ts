import type { ConcreteShape, Dim } from '../base/shape.ts'
import { cast } from '../graph/ops/cast.ts'
import { input } from '../graph/ops/input.ts'
import { mul } from '../graph/ops/mul.ts'
import { sub } from '../graph/ops/sub.ts'
import type { Tensor } from '../graph/tensor.ts'

/** What a model must know of the data it is for. @inline */
export interface ExampleType {
  readonly shape: ConcreteShape
  readonly dtype: 'uint8' | 'float32'
  /** Shape of the shift and scale that take stored rows to model units: [] or the example's. */
  readonly scaleShape: ConcreteShape
}

/** Rows as stored, (x − shift) · scale. */
export function modelUnits(example: ExampleType, batch: Dim): Tensor {
  const stored = cast(input('x', [batch, ...example.shape], example.dtype), 'float32')
  return mul(sub(stored, shiftInput(example)), scaleInput(example))
}

export const shiftInput = ({ scaleShape }: ExampleType): Tensor => input('data.shift', scaleShape)

export const scaleInput = ({ scaleShape }: ExampleType): Tensor => input('data.scale', scaleShape)
