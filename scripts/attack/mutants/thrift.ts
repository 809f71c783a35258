/** The compact protocol of Thrift, as far as Parquet uses it: read into a tree without a schema, and written again. */

/** A field's value with its type: 1 and 2 truths, 3 to 6 whole numbers, 7 a double, 8 bytes, 9 a list, 12 a struct. */
export interface Thrift {
  readonly type: number
  readonly value: boolean | bigint | Uint8Array | readonly Thrift[] | readonly ThriftField[]
}

export interface ThriftField {
  readonly id: number
  readonly of: Thrift
}

const DOUBLE = 7
const BINARY = 8
const LIST = 9
export const STRUCT = 12

export class ThriftReader {
  readonly bytes: Uint8Array
  at: number
  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  #byte(): number {
    return this.bytes[this.at++]
  }

  #varint(): bigint {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }

  #zigzag(): bigint {
    const value = this.#varint()
    return (value >> 1n) ^ -(value & 1n)
  }

  #take(length: number): Uint8Array {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  #value(type: number): Thrift {
    if (type <= 2) return { type, value: type === 1 }
    if (type === 3) return { type, value: BigInt(this.#byte()) }
    if (type < DOUBLE) return { type, value: this.#zigzag() }
    if (type === DOUBLE) return { type, value: this.#take(8) }
    if (type === BINARY) return { type, value: this.#take(Number(this.#varint())) }
    if (type === STRUCT) return { type, value: this.struct() }
    if (type !== LIST) throw new Error(`a field of type ${type}`)
    const head = this.#byte()
    const size = head >> 4 === 15 ? Number(this.#varint()) : head >> 4
    return { type, value: Array.from({ length: size }, () => this.#value(head & 15)) }
  }

  struct(): ThriftField[] {
    const fields: ThriftField[] = []
    for (let id = 0; ; ) {
      const head = this.#byte()
      if (head === 0) return fields
      id = head >> 4 === 0 ? Number(this.#zigzag()) : id + (head >> 4)
      fields.push({ id, of: this.#value(head & 15) })
    }
  }
}

const varint = (value: bigint): number[] => {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return [...bytes, Number(rest)]
}

const zigzag = (value: bigint): number[] => varint((value << 1n) ^ (value >> 63n))

function valueBytes({ type, value }: Thrift): number[] {
  if (typeof value === 'boolean') return []
  if (typeof value === 'bigint') return type === 3 ? [Number(value & 255n)] : zigzag(value)
  if (value instanceof Uint8Array)
    return type === DOUBLE ? [...value] : [...varint(BigInt(value.length)), ...value]
  if (type === STRUCT) return structBytes(value as readonly ThriftField[])
  const items = value as readonly Thrift[]
  const of = items[0]?.type ?? 5
  const head = items.length < 15 ? [(items.length << 4) | of] : [0xf0 | of, ...varint(BigInt(items.length))]
  return [...head, ...items.flatMap((item) => (item.type <= 2 ? [item.value ? 1 : 2] : valueBytes(item)))]
}

export function structBytes(fields: readonly ThriftField[]): number[] {
  const bytes: number[] = []
  let last = 0
  for (const { id, of } of fields) {
    const type = typeof of.value === 'boolean' ? (of.value ? 1 : 2) : of.type
    const step = id - last
    if (step > 0 && step < 16) bytes.push((step << 4) | type)
    else bytes.push(type, ...zigzag(BigInt(id)))
    bytes.push(...valueBytes(of))
    last = id
  }
  return [...bytes, 0]
}
