import type { TableLayout } from './layout.ts'

/** How encoded rows lie in a file: a fraction of their size in memory, to the same bits when they are read back. */
export interface PackedRows {
  /** Bytes of a row. */
  readonly bytes: number
  pack(rows: Float32Array): Uint8Array
  unpack(packed: Uint8Array): Float32Array
}

/** The place of a level of a column that is missing. */
const NONE = 0xffff

/**
 * Numbers as float32, of each categorical column the place of its level as uint16, then a bit for each binary slot and
 * each mask; little-endian.
 */
export function packedRows({ width, values, groups }: TableLayout): PackedRows {
  const numbers = groups.count[1]
  const { categorical } = groups
  const levelsAt = 4 * numbers
  const bitsAt = levelsAt + 2 * categorical.length
  const bitSlots = [...range(...groups.binary), ...range(values, width)]
  const bytes = bitsAt + Math.ceil(bitSlots.length / 8)
  const packRow = (rows: Float32Array, from: number, out: DataView, at: number) => {
    for (let slot = 0; slot < numbers; slot++) out.setFloat32(at + 4 * slot, rows[from + slot], true)
    for (let place = 0; place < categorical.length; place++) {
      const { at: first, levels } = categorical[place]
      let level = 0
      while (level < levels && rows[from + first + level] !== 1) level++
      out.setUint16(at + levelsAt + 2 * place, level < levels ? level : NONE, true)
    }
    for (let place = 0; place < bitSlots.length; ) {
      const byte = at + bitsAt + (place >> 3)
      let bits = 0
      for (let bit = 0; bit < 8 && place < bitSlots.length; bit++, place++)
        if (rows[from + bitSlots[place]] === 1) bits |= 1 << bit
      out.setUint8(byte, bits)
    }
  }
  const unpackRow = (packed: DataView, at: number, out: Float32Array, from: number) => {
    for (let slot = 0; slot < numbers; slot++) out[from + slot] = packed.getFloat32(at + 4 * slot, true)
    for (let place = 0; place < categorical.length; place++) {
      const level = packed.getUint16(at + levelsAt + 2 * place, true)
      if (level !== NONE) out[from + categorical[place].at + level] = 1
    }
    for (let place = 0; place < bitSlots.length; place++)
      out[from + bitSlots[place]] = (packed.getUint8(at + bitsAt + (place >> 3)) >> (place & 7)) & 1
  }
  return {
    bytes,
    pack(rows) {
      const count = rows.length / width
      const packed = new Uint8Array(count * bytes)
      const view = new DataView(packed.buffer)
      for (let row = 0; row < count; row++) packRow(rows, row * width, view, row * bytes)
      return packed
    },
    unpack(packed) {
      const count = packed.length / bytes
      const rows = new Float32Array(count * width)
      const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
      for (let row = 0; row < count; row++) unpackRow(view, row * bytes, rows, row * width)
      return rows
    },
  }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, place) => from + place)
