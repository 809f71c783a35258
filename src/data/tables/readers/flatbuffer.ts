const decoder = new TextDecoder()

/**
 * A table of a FlatBuffer, of which every reference is checked to lie within the buffer.
 *
 * Reading throws a `RangeError` where one does not. Fields are named by their place in the table's directory: 4, 6, 8, …
 */
export class FlatTable {
  readonly #view: DataView
  readonly #at: number
  readonly #fields: number
  readonly #width: number

  constructor(view: DataView, at: number) {
    this.#view = view
    this.#at = at
    this.#fields = at - view.getInt32(at, true)
    this.#width = view.getUint16(this.#fields, true)
  }

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new FlatTable(view, view.getUint32(0, true))
  }

  /** Where a field stands; undefined where the table has none. */
  #place(field: number): number | undefined {
    const offset = field < this.#width ? this.#view.getUint16(this.#fields + field, true) : 0
    return offset === 0 ? undefined : this.#at + offset
  }

  byte(field: number): number {
    const place = this.#place(field)
    return place === undefined ? 0 : this.#view.getUint8(place)
  }

  /** A whole number of 16 bits; undefined where the table has none. */
  short(field: number): number | undefined {
    const place = this.#place(field)
    return place === undefined ? undefined : this.#view.getInt16(place, true)
  }

  text(field: number): string {
    const [first, ...rest] = this.entries(field, 1)
    if (first === undefined) return ''
    return decoder.decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + first, rest.length + 1))
  }

  /** A whole number of 32 bits. */
  int(field: number): number {
    const place = this.#place(field)
    return place === undefined ? 0 : this.#view.getInt32(place, true)
  }

  /** A whole number of 64 bits. */
  long(field: number): number {
    const place = this.#place(field)
    return place === undefined ? 0 : Number(this.#view.getBigInt64(place, true))
  }

  /** Where the table of a field stands in the buffer; undefined where the table has none. */
  tablePlace(field: number): number | undefined {
    const place = this.#place(field)
    return place === undefined ? undefined : place + this.#view.getUint32(place, true)
  }

  table(field: number): FlatTable | undefined {
    const place = this.tablePlace(field)
    return place === undefined ? undefined : new FlatTable(this.#view, place)
  }

  /** Where the entries of a vector stand, each of `width` bytes. */
  entries(field: number, width: number): number[] {
    const place = this.#place(field)
    if (place === undefined) return []
    const begin = place + this.#view.getUint32(place, true)
    const count = this.#view.getUint32(begin, true)
    if (begin + 4 + count * width > this.#view.byteLength) throw new RangeError(`a vector of ${count}`)
    return Array.from({ length: count }, (_, index) => begin + 4 + index * width)
  }

  /** The whole numbers of 64 bits with which the entries of a vector begin. */
  longs(field: number, width: number): number[] {
    return this.entries(field, width).map((at) => Number(this.#view.getBigInt64(at, true)))
  }

  tables(field: number): FlatTable[] {
    return this.entries(field, 4).map((at) => new FlatTable(this.#view, at + this.#view.getUint32(at, true)))
  }
}
