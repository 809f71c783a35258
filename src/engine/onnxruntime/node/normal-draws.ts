import { fromBase64 } from '../../../base/base64.ts'
import { highWord } from '../../../base/random.ts'
import { kernelOver } from '../../crew.ts'
import type { NormalDraws } from '../../engine.ts'
import normalKernel from '../../kernels/normal.wasm.ts'

const BYTES = Float32Array.BYTES_PER_ELEMENT
/** Bytes of a WebAssembly page. */
const PAGE = 65_536
/** The kernel writes so many floats at a time. */
const TOGETHER = 4

/** By a compiled kernel, in less than half the time of `fillNormal`. */
export const normalDraws: NormalDraws = (length) => {
  const padded = Math.ceil(length / TOGETHER) * TOGETHER
  const memory = new WebAssembly.Memory({ initial: Math.ceil((padded * BYTES) / PAGE) })
  const fill = kernelOver(new WebAssembly.Module(fromBase64(normalKernel)), memory)
  const numbers = new Float32Array(memory.buffer, 0, length)
  return ({ seed, stream, step }) => {
    fill(0, padded, seed | 0, highWord(seed), stream | 0, step | 0, highWord(step))
    return numbers
  }
}
