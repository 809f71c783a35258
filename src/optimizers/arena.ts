/** Bytes of a WebAssembly page. */
const PAGE = 65_536
/** Kernels read 16 bytes at a time. */
const ALIGNMENT = 16
const BYTES = Float32Array.BYTES_PER_ELEMENT

/** Float arrays of one length side by side in one WebAssembly memory, where the host and a kernel both reach them. */
export interface Arena {
  readonly memory: WebAssembly.Memory
  readonly arrays: readonly Float32Array[]
  /** Where each array begins, in bytes. */
  readonly offsets: readonly number[]
  /** Length of an array with its padding, a multiple of four; the padding is zero. */
  readonly padded: number
}

/** Allocates `count` zeroed arrays of `length` floats, in memory that threads share where told so. */
export function arenaOf(length: number, count: number, shared = false): Arena {
  const padded = Math.ceil((length * BYTES) / ALIGNMENT) * (ALIGNMENT / BYTES)
  const initial = Math.ceil((padded * BYTES * count) / PAGE)
  const memory = new WebAssembly.Memory({ initial, maximum: initial, shared })
  const offsets = Array.from({ length: count }, (_, i) => i * padded * BYTES)
  return {
    memory,
    offsets,
    padded,
    arrays: offsets.map((offset) => new Float32Array(memory.buffer, offset, length)),
  }
}
