import type { ElementType } from '../../base/arrays.ts'

/** ONNX's numbers for element types (TensorProto.DataType). */
export const onnxTypes: Readonly<Record<ElementType | 'int64', number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
}
