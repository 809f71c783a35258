import { type NDArray, type NumericArray, ndarray } from '../../base/arrays.ts'
import { crc32, formatCrc32 } from '../../base/crc32.ts'
import { fail } from '../../base/errors.ts'
import { formatShape, sizeOf } from '../../base/shape.ts'

/** Named arrays, and the text stored with them. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, NDArray>>
  readonly metadata: Readonly<Record<string, string>>
}

const PREFIX = 8
const METADATA = '__metadata__'
const CHECKSUM = 'crc32'
/** How the header of a file with a checksum begins; the checksum's eight digits follow. */
const OPENING = `{"${METADATA}":{"${CHECKSUM}":"`
const DIGITS_AT = PREFIX + OPENING.length
const BLANK = '00000000'

const dtypes = {
  F32: Float32Array,
  F64: Float64Array,
  U8: Uint8Array,
  I32: Int32Array,
} as const
type Dtype = keyof typeof dtypes

const dtypeOf = (data: NumericArray): Dtype => {
  if (data instanceof Float32Array) return 'F32'
  if (data instanceof Float64Array) return 'F64'
  return data instanceof Int32Array ? 'I32' : 'U8'
}

const bytesOf = (data: NumericArray): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Written by hand, because an object would move keys such as "0" to the front. */
function headerText(
  tensors: readonly [string, NDArray][],
  metadata: Readonly<Record<string, string>>,
): string {
  const notes = Object.entries(metadata).filter(([key]) => key !== CHECKSUM)
  const parts = [
    `${OPENING}${BLANK}"${notes.map(([key, value]) => `,${JSON.stringify(key)}:${JSON.stringify(value)}`).join('')}}`,
  ]
  let end = 0
  for (const [name, { data, shape }] of tensors) {
    const about = { dtype: dtypeOf(data), shape, data_offsets: [end, end + data.byteLength] }
    parts.push(`${JSON.stringify(name)}:${JSON.stringify(about)}`)
    end += data.byteLength
  }
  return `${parts.join(',')}}`
}

/**
 * Writes the safetensors format: tensors in the order given, header padded so that data begins at a multiple of 8.
 *
 * The metadata key `crc32` holds the checksum of the whole file, taken with its own eight digits as zeros.
 * The same tensors and metadata always give the same bytes.
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, NDArray>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const entries = Object.entries(tensors)
  const header = new TextEncoder().encode(headerText(entries, metadata))
  const start = PREFIX + Math.ceil(header.length / 8) * 8
  const bytes = new Uint8Array(start + entries.reduce((size, [, { data }]) => size + data.byteLength, 0))
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - PREFIX), true)
  bytes.fill(0x20, PREFIX, start)
  bytes.set(header, PREFIX)
  let at = start
  for (const [, { data }] of entries) {
    bytes.set(bytesOf(data), at)
    at += data.byteLength
  }
  bytes.set(ascii(formatCrc32(crc32(bytes))), DIGITS_AT)
  return bytes
}

const FIX = 'use an earlier copy of this file, or write it again'
const torn = (seen: string, wanted: string): never =>
  fail({ code: 'safetensors/torn', seen, wanted, fix: FIX })
const corrupt = (seen: string, wanted: string, cause?: unknown): never =>
  fail({ code: 'safetensors/corrupt', seen, wanted, fix: FIX, cause })

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const areExtents = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((extent) => Number.isSafeInteger(extent) && extent >= 0)

function headerOf(bytes: Uint8Array): { header: Record<string, unknown>; text: string; start: number } {
  if (bytes.length < PREFIX) torn(`a safetensors file of ${bytes.length} bytes`, `at least ${PREFIX}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, PREFIX)
  const start = PREFIX + Number(view.getBigUint64(0, true))
  if (start > bytes.length)
    torn(`a safetensors file of ${bytes.length} bytes`, `a header that ends at byte ${start}`)
  const text = new TextDecoder().decode(bytes.subarray(PREFIX, start))
  try {
    const header: unknown = JSON.parse(text)
    if (isRecord(header)) return { header, text, start }
  } catch (cause) {
    return corrupt('a safetensors header that is not JSON', 'a JSON object', cause)
  }
  return corrupt('a safetensors header that is not a JSON object', 'a JSON object')
}

function metadataOf(header: Record<string, unknown>): Record<string, string> {
  const metadata = header[METADATA] ?? {}
  if (isRecord(metadata) && Object.values(metadata).every((value) => typeof value === 'string'))
    return metadata as Record<string, string>
  return corrupt('safetensors metadata that is not text', 'an object of strings')
}

/** Bytes in memory of their own: `slice` of Node's Buffer would share. */
const copyOf = (bytes: Uint8Array, from: number, to: number) => new Uint8Array(bytes.subarray(from, to))

/** Fails where the file's checksum is not its own, or where one is required and there is none. */
function verifyChecksum(
  bytes: Uint8Array,
  text: string,
  stored: string | undefined,
  required: boolean,
): void {
  if (stored !== undefined && text.startsWith(OPENING)) {
    const opening = copyOf(bytes, 0, DIGITS_AT + BLANK.length)
    opening.set(ascii(BLANK), DIGITS_AT)
    const seen = formatCrc32(crc32(bytes.subarray(opening.length), crc32(opening)))
    if (seen !== stored) corrupt(`a safetensors file with checksum ${seen}`, stored)
  } else if (required) corrupt('a safetensors file without its checksum', `the metadata key ${CHECKSUM}`)
}

interface Entry {
  readonly dtype: Dtype
  readonly shape: number[]
  readonly from: number
  readonly to: number
}

function entryOf(name: string, value: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {}
  if (typeof dtype !== 'string' || !areExtents(shape) || !areExtents(offsets) || offsets.length !== 2)
    return corrupt(`the tensor "${name}" without dtype, shape and data_offsets`, 'all three')
  if (!Object.hasOwn(dtypes, dtype))
    return fail({
      code: 'safetensors/type',
      seen: `the tensor "${name}" of type ${dtype}`,
      wanted: `one of ${Object.keys(dtypes).join(', ')}`,
      fix: 'convert the tensor to float32 before saving',
    })
  const [from, to] = offsets
  const size = sizeOf(shape) * dtypes[dtype as Dtype].BYTES_PER_ELEMENT
  if (to - from !== size)
    corrupt(`${to - from} bytes for the tensor "${name}" of ${dtype} ${formatShape(shape)}`, `${size} bytes`)
  return { dtype: dtype as Dtype, shape, from, to }
}

/**
 * Reads the safetensors format; tensors are copies. Every offset and length is checked, and the checksum where
 * the file has one (`checked`: it must). Errors: `safetensors/torn` (cut short), `safetensors/corrupt`, `safetensors/type`.
 */
export function readSafetensors(bytes: Uint8Array, { checked = false } = {}): Safetensors {
  const { header, text, start } = headerOf(bytes)
  const { [CHECKSUM]: stored, ...metadata } = metadataOf(header)
  const entries = Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, value]) => [name, entryOf(name, value)] as const)
  let end = 0
  for (const [name, { from, to }] of entries.toSorted(([, a], [, b]) => a.from - b.from || a.to - b.to)) {
    if (from !== end)
      corrupt(`the tensor "${name}" at byte ${from}`, `it to begin at byte ${end}, where the last one ends`)
    end = to
  }
  if (bytes.length < start + end) torn(`a safetensors file of ${bytes.length} bytes`, `${start + end} bytes`)
  if (bytes.length > start + end)
    corrupt(`a safetensors file of ${bytes.length} bytes`, `${start + end} bytes`)
  verifyChecksum(bytes, text, stored, checked)
  const tensors = entries.map(([name, { dtype, shape, from, to }]) => {
    const data = new dtypes[dtype](copyOf(bytes, start + from, start + to).buffer)
    return [name, ndarray<NumericArray>(data, shape)] as const
  })
  return { tensors: Object.fromEntries(tensors), metadata }
}
