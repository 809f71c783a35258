import { type NDArray, type NumericArray, ndarray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { formatShape, sizeOf, stridesOf } from '../../base/shape.ts'
import type { ArrayLayout } from './array-layout.ts'

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
const ALIGNMENT = 64

/** How one NumPy type is read: bytes an element, one element by a `DataView`, and the array it comes to. */
interface NpyType {
  readonly bytes: number
  read(view: DataView, at: number, little: boolean): number
  readonly to: 'float32' | 'float64' | 'uint8' | 'int32' | 'integer'
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function float16(view: DataView, at: number, little: boolean): number {
  const bits = view.getUint16(at, little)
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  const sign = bits >> 15 ? -1 : 1
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}

const types: Readonly<Record<string, NpyType>> = {
  f2: { bytes: 2, read: float16, to: 'float32' },
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little), to: 'float32' },
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little), to: 'float64' },
  b1: { bytes: 1, read: (view, at) => view.getUint8(at), to: 'uint8' },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at), to: 'uint8' },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at), to: 'int32' },
  i2: { bytes: 2, read: (view, at, little) => view.getInt16(at, little), to: 'int32' },
  u2: { bytes: 2, read: (view, at, little) => view.getUint16(at, little), to: 'int32' },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little), to: 'int32' },
  u4: { bytes: 4, read: (view, at, little) => view.getUint32(at, little), to: 'integer' },
  i8: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)), to: 'integer' },
  u8: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)), to: 'integer' },
}

const torn = (seen: string, wanted: string): never =>
  fail({ code: 'npy/torn', seen, wanted, fix: 'write the file again with numpy.save' })

interface NpyHeader {
  readonly descr: string
  readonly fortran: boolean
  readonly shape: number[]
  readonly start: number
}

export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte)

function readHeader(bytes: Uint8Array, size: number): NpyHeader {
  if (!isNpy(bytes) || bytes.length < 10)
    torn(`a .npy file of ${size} bytes without its opening mark`, '\\x93NUMPY and a header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = bytes[6] > 1
  const begin = wide ? 12 : 10
  const start = begin + (wide ? (bytes.length < 12 ? 0 : view.getUint32(8, true)) : view.getUint16(8, true))
  if (start > bytes.length) torn(`a .npy file of ${size} bytes`, `a header up to byte ${start}`)
  const text = new TextDecoder().decode(bytes.subarray(begin, start))
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1]
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1]
  const shape = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1]
  if (descr === undefined || fortran === undefined || shape === undefined)
    return fail({
      code: 'npy/header',
      seen: `the .npy header ${text.trim().slice(0, 80)}`,
      wanted: 'descr of one plain type, fortran_order and shape',
      fix: 'of an array with fields save the numbers alone: numpy.lib.recfunctions.structured_to_unstructured(array); or all as a table: pandas.DataFrame(array).to_csv("table.csv", index=False)',
    })
  const extents = shape.split(',').map((extent) => Number.parseInt(extent, 10))
  return {
    descr,
    fortran: fortran === 'True',
    shape: extents.filter((extent) => !Number.isNaN(extent)),
    start,
  }
}

/** 64-bit and unsigned 32-bit integers: int32 where all fit, else float64 where all are exact. */
function narrow(values: Float64Array): Int32Array | Float64Array {
  if (values.every((value) => value === (value | 0))) return Int32Array.from(values)
  const wide = values.find((value) => !Number.isSafeInteger(value))
  if (wide === undefined) return values
  return fail({
    code: 'npy/integer-range',
    seen: `the integer ${wide}`,
    wanted: 'integers between -2^53 and 2^53',
    fix: 'save numbers that are not so large, or rounded ones: array.astype("float64")',
  })
}

function decode(bytes: Uint8Array, type: NpyType, little: boolean): NumericArray {
  const count = bytes.length / type.bytes
  const aligned = bytes.byteOffset % type.bytes === 0
  if (type.to === 'uint8') return new Uint8Array(bytes.buffer, bytes.byteOffset, count)
  if (little && aligned && type.bytes === 4 && type.to === 'float32')
    return new Float32Array(bytes.buffer, bytes.byteOffset, count)
  if (little && aligned && type.to === 'float64')
    return new Float64Array(bytes.buffer, bytes.byteOffset, count)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const Target = type.to === 'float32' ? Float32Array : type.to === 'int32' ? Int32Array : Float64Array
  const data = new Target(count)
  for (let i = 0; i < count; i++) data[i] = type.read(view, i * type.bytes, little)
  return type.to === 'integer' ? narrow(data as Float64Array) : data
}

/** Column-major numbers put into row-major order. */
function fromFortran(data: NumericArray, shape: readonly number[]): NumericArray {
  const out = data.slice()
  const strides = stridesOf([...shape].reverse()).reverse()
  const index = new Array<number>(shape.length).fill(0)
  let from = 0
  for (let to = 0; to < data.length; to++) {
    out[to] = data[from]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]
      if (++index[axis] < shape[axis]) break
      from -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return out
}

const TEXT = /^[<>|=]?([US])(\d+)$/

/** What makes numbers of elements of other types, by how the type begins. */
const REMEDIES: readonly { readonly type: RegExp; readonly fix: string }[] = [
  {
    type: /^[US]/,
    fix: 'number the texts first: numpy.unique(array, return_inverse=True)[1]; as labels they may stay texts; texts beside numbers are a table, saved as .csv',
  },
  {
    type: /^O/,
    fix: 'save what the objects are: array.astype("float64") of numbers, array.astype(str) of texts for labels; a mixture of both is a table, saved as .csv',
  },
  {
    type: /^c\d/,
    fix: 'save both parts beside each other: numpy.stack([array.real, array.imag], axis=-1)',
  },
  { type: /^M/, fix: 'count from a date: (array - array.min()) / numpy.timedelta64(1, "s")' },
  { type: /^m/, fix: 'count in a unit: array / numpy.timedelta64(1, "s")' },
  { type: /^/, fix: 'save numbers of 64 bits at most: array.astype("float64")' },
]

const fixFor = (descr: string): string =>
  REMEDIES.find(({ type }) => type.test(descr.replace(/^[<>|=]/, '')))?.fix as string

/** The texts of a .npy file that has texts of a fixed length; undefined for numbers. Errors: `npy/torn`, `npy/header`. */
export function npyTexts(bytes: Uint8Array): string[] | undefined {
  const { descr, shape, start } = readHeader(bytes, bytes.length)
  const [, kind, length] = TEXT.exec(descr) ?? []
  if (kind === undefined) return undefined
  const count = sizeOf(shape)
  const width = Number(length) * (kind === 'U' ? 4 : 1)
  if (bytes.length !== start + count * width)
    torn(
      `a .npy file of ${bytes.length} bytes`,
      `${start + count * width} bytes for ${descr} ${formatShape(shape)}`,
    )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const decoder = new TextDecoder()
  const codesAt = (at: number) =>
    Array.from({ length: Number(length) }, (_, i) => view.getUint32(at + 4 * i, !descr.startsWith('>')))
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * width
    // Zeros fill a text up.
    if (kind === 'S') return decoder.decode(bytes.subarray(at, at + width)).replace(/\0+$/, '')
    const codes = codesAt(at)
    if (codes.some((code) => code > 0x10ffff)) torn('a character that is none', 'texts of Unicode')
    return String.fromCodePoint(...codes).replace(/\0+$/, '')
  })
}

/**
 * How a .npy file lies, by its first bytes; `size` is that of the whole, where it is known.
 *
 * Errors: `npy/torn`, `npy/header`, `npy/type`; when numbers are decoded `npy/integer-range`.
 */
export function npyLayout(opening: Uint8Array, size?: number): ArrayLayout {
  const { descr, fortran, shape, start } = readHeader(opening, size ?? opening.length)
  const name = descr.slice(1)
  const type = /^[<>|=]/.test(descr) && Object.hasOwn(types, name) ? types[name] : undefined
  if (type === undefined)
    return fail({
      code: 'npy/type',
      seen: `.npy elements of type ${descr}`,
      wanted: `one of ${Object.keys(types).join(', ')}`,
      fix: fixFor(descr),
    })
  const end = start + sizeOf(shape) * type.bytes
  if (size !== undefined && size !== end)
    torn(`a .npy file of ${size} bytes`, `${end} bytes for ${descr} ${formatShape(shape)}`)
  const little = !descr.startsWith('>')
  return {
    shape,
    start,
    width: type.bytes,
    isColumnMajor: fortran,
    decode: (bytes) => decode(bytes, type, little),
  }
}

/**
 * Reads NumPy's .npy, versions 1 to 3, either byte order, C or Fortran order.
 *
 * float16 becomes float32; float32, float64, uint8 and bool keep their type, and share the file's bytes where alignment allows; smaller
 * integers become int32; unsigned 32-bit and 64-bit integers become int32 where all fit, else float64.
 * Errors: those of `npyLayout`.
 */
export function readNpy(bytes: Uint8Array): NDArray {
  const { shape, start, isColumnMajor, decode } = npyLayout(bytes, bytes.length)
  const data = decode(bytes.subarray(start))
  return ndarray(isColumnMajor ? fromFortran(data, shape) : data, shape)
}

const descrOf = (data: NumericArray): string => {
  if (data instanceof Float32Array) return '<f4'
  if (data instanceof Float64Array) return '<f8'
  return data instanceof Int32Array ? '<i4' : '|u1'
}

/** Writes .npy in C order, little-endian; the numbers begin at a multiple of 64 bytes, as NumPy's do. */
export function writeNpy({ data, shape }: NDArray): Uint8Array {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${descrOf(data)}', 'fortran_order': False, 'shape': (${extents}), }`
  const wide = text.length + 11 + ALIGNMENT > 0xffff
  const begin = wide ? 12 : 10
  const start = Math.ceil((begin + text.length + 1) / ALIGNMENT) * ALIGNMENT
  const bytes = new Uint8Array(start + data.byteLength)
  const view = new DataView(bytes.buffer)
  bytes.set([...MAGIC, wide ? 2 : 1, 0])
  if (wide) view.setUint32(8, start - begin, true)
  else view.setUint16(8, start - begin, true)
  bytes.set(new TextEncoder().encode(`${text.padEnd(start - begin - 1)}\n`), begin)
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start)
  return bytes
}
