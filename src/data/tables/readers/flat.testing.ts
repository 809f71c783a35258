/** FlatBuffers as others write them. */

/** What a field of a table is; vectors of records, each of so many bytes, begin with whole numbers of 64 bits. */
type FlatField =
  | { readonly byte: number }
  | { readonly short: number }
  | { readonly int: number }
  | { readonly long: number | bigint }
  | { readonly text: string }
  | { readonly table: FlatFields }
  | { readonly tables: readonly FlatFields[] }
  | { readonly records: readonly (number | bigint)[]; readonly width: number }

/** A table by the places of its fields in its directory: 4, 6, 8, … */
export type FlatFields = Readonly<Record<number, FlatField | undefined>>

/** Bytes of a field in its table. */
const ROOM = 8

class Writer {
  #bytes = new Uint8Array(2 ** 12)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  /** Where as many bytes begin, which are 0. */
  #take(length: number): number {
    const at = this.#length
    this.#length += length
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(2 * this.#length)
      grown.set(this.#bytes)
      this.#bytes = grown
      this.#view = new DataView(grown.buffer)
    }
    return at
  }

  /** References lead forward, from where they stand. */
  #refer(from: number, to: number): void {
    this.#view.setUint32(from, to - from, true)
  }

  #vector(count: number, width: number): number {
    const at = this.#take(4 + count * width)
    this.#view.setUint32(at, count, true)
    return at
  }

  #write(at: number, field: FlatField): void {
    if ('byte' in field) this.#view.setUint8(at, field.byte)
    else if ('short' in field) this.#view.setInt16(at, field.short, true)
    else if ('int' in field) this.#view.setInt32(at, field.int, true)
    else if ('long' in field) this.#view.setBigInt64(at, BigInt(field.long), true)
    else if ('table' in field) this.#refer(at, this.table(field.table))
    else if ('text' in field) {
      const text = new TextEncoder().encode(field.text)
      const vector = this.#vector(text.length, 1)
      this.#bytes.set(text, vector + 4)
      this.#refer(at, vector)
    } else if ('tables' in field) {
      const vector = this.#vector(field.tables.length, 4)
      this.#refer(at, vector)
      for (const [index, fields] of field.tables.entries())
        this.#refer(vector + 4 + 4 * index, this.table(fields))
    } else {
      const vector = this.#vector(field.records.length, field.width)
      this.#refer(at, vector)
      for (const [index, record] of field.records.entries())
        this.#view.setBigInt64(vector + 4 + field.width * index, BigInt(record), true)
    }
  }

  table(fields: FlatFields): number {
    const own = Object.entries(fields).flatMap(([place, field]) =>
      field === undefined ? [] : [{ place: Number(place), field }],
    )
    const size = Math.max(2, ...own.map(({ place }) => place)) + 2
    const directory = this.#take(size)
    const at = this.#take(4 + ROOM * own.length)
    this.#view.setUint16(directory, size, true)
    this.#view.setUint16(directory + 2, 4 + ROOM * own.length, true)
    this.#view.setInt32(at, at - directory, true)
    for (const [index, { place, field }] of own.entries()) {
      this.#view.setUint16(directory + place, 4 + ROOM * index, true)
      this.#write(at + 4 + ROOM * index, field)
    }
    return at
  }

  root(fields: FlatFields): Uint8Array<ArrayBuffer> {
    const at = this.#take(4)
    this.#refer(at, this.table(fields))
    return this.#bytes.slice(0, this.#length)
  }
}

/** The bytes of a FlatBuffer whose root these fields are. */
export const flat = (fields: FlatFields): Uint8Array<ArrayBuffer> => new Writer().root(fields)
