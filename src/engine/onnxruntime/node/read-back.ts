import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common'
import type { ElementType, NumericArray } from '../../../base/arrays.ts'
import { lower } from '../../../graph/onnx/lower.ts'
import { input } from '../../../graph/ops/input.ts'
import { program } from '../../../graph/program.ts'

/**
 * Copies tensors out of a GPU's memory through a session that only hands on what it is given.
 *
 * The `getData` of onnxruntime-node ends the process when it is asked for such a tensor.
 */
export function readBack(
  create: (model: Uint8Array) => Promise<InferenceSession>,
): (tensor: OrtTensor) => Promise<NumericArray> {
  const sessions = new Map<string, Promise<InferenceSession>>()
  return async (tensor) => {
    const { type, dims } = tensor
    const key = `${type} ${dims.length}`
    let session = sessions.get(key)
    if (!session) {
      session = create(handingOn(type as ElementType, dims.length))
      sessions.set(key, session)
    }
    const { out } = await (await session).run({ given: tensor })
    return (out as OrtTensor).data as NumericArray
  }
}

const handingOn = (dtype: ElementType, rank: number): Uint8Array => {
  const shape = Array.from({ length: rank }, (_, axis) => `extent${axis}`)
  return lower(program('read-back', { out: input('given', shape, dtype) }))
}
