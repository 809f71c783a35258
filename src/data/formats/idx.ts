import { type NDArray, type NumericArray, ndarray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { formatShape, sizeOf } from '../../base/shape.ts'
import type { ArrayLayout } from './array-layout.ts'
import { gunzipped } from './gzip.ts'

/** Element types by the third byte of the file, all big-endian. */
const readers: Readonly<
  Record<number, { bytes: number; make(view: DataView, count: number): NumericArray }>
> = {
  9: { bytes: 1, make: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt8(i)) },
  11: { bytes: 2, make: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt16(2 * i)) },
  12: { bytes: 4, make: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i)) },
  13: {
    bytes: 4,
    make: (view, count) => Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i)),
  },
  14: {
    bytes: 8,
    make: (view, count) => Float64Array.from({ length: count }, (_, i) => view.getFloat64(8 * i)),
  },
  8: { bytes: 1, make: (view, count) => new Uint8Array(view.buffer, view.byteOffset, count) },
}

export const isIdx = (bytes: Uint8Array): boolean =>
  bytes[0] === 0 && bytes[1] === 0 && bytes[2] in readers && bytes[3] > 0

const torn = (seen: string, wanted: string): never =>
  fail({ code: 'idx/torn', seen, wanted, fix: 'copy or download the file again' })

/**
 * How an IDX file lies, by its first bytes; `size` is that of the whole, where it is known.
 *
 * Error: `idx/torn`, also where the size is not what the header says.
 */
export function idxLayout(opening: Uint8Array, size?: number): ArrayLayout {
  if (!isIdx(opening))
    torn(`an IDX file of ${size ?? opening.length} bytes without its opening mark`, '0, 0, a type and a rank')
  const rank = opening[3]
  const start = 4 + 4 * rank
  if (opening.length < start)
    torn(`an IDX file of ${size ?? opening.length} bytes`, `a header of ${start} bytes`)
  const header = new DataView(opening.buffer, opening.byteOffset, start)
  const shape = Array.from({ length: rank }, (_, axis) => header.getUint32(4 + 4 * axis))
  const { bytes: width, make } = readers[opening[2]]
  const end = start + sizeOf(shape) * width
  if (size !== undefined && size !== end)
    torn(`an IDX file of ${size} bytes`, `${end} bytes for ${width}-byte elements ${formatShape(shape)}`)
  const decode = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
    make(new DataView(buffer, byteOffset, byteLength), byteLength / width)
  return { shape, start, width, isColumnMajor: false, decode }
}

/**
 * Reads an IDX file, MNIST's format, plain or gzip. Bytes are not copied: the array looks into the file's memory.
 *
 * Errors: `idx/torn`, `gzip/torn`.
 */
export function readIdx(file: Uint8Array): NDArray {
  const bytes = gunzipped(file)
  const { shape, start, decode } = idxLayout(bytes, bytes.length)
  return ndarray(decode(bytes.subarray(start)), shape)
}
