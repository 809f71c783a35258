import { type NDArray, type NumericArray, ndarray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { formatShape, sizeOf } from '../../base/shape.ts'
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
 * Reads an IDX file, MNIST's format, plain or gzip. Bytes are not copied: the array looks into the file's memory.
 *
 * Errors: `idx/torn` where the length is not what the header says, `gzip/torn`.
 */
export function readIdx(file: Uint8Array): NDArray {
  const bytes = gunzipped(file)
  if (!isIdx(bytes))
    torn(`an IDX file of ${bytes.length} bytes without its opening mark`, '0, 0, a type and a rank')
  const rank = bytes[3]
  const start = 4 + 4 * rank
  if (bytes.length < start) torn(`an IDX file of ${bytes.length} bytes`, `a header of ${start} bytes`)
  const header = new DataView(bytes.buffer, bytes.byteOffset, start)
  const shape = Array.from({ length: rank }, (_, axis) => header.getUint32(4 + 4 * axis))
  const { bytes: width, make } = readers[bytes[2]]
  const count = sizeOf(shape)
  const end = start + count * width
  if (bytes.length !== end)
    torn(
      `an IDX file of ${bytes.length} bytes`,
      `${end} bytes for ${width}-byte elements ${formatShape(shape)}`,
    )
  return ndarray(make(new DataView(bytes.buffer, bytes.byteOffset + start, count * width), count), shape)
}
