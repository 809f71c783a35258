import { describe, expect, test } from 'vitest'
import { flat } from './flat.testing.ts'
import { FlatTable } from './flatbuffer.ts'

const bytes = flat({
  4: { byte: 200 },
  6: { short: -2 },
  8: { int: -70_000 },
  10: { long: -(2 ** 40) },
  12: { text: 'Zürich' },
  14: { table: { 4: { byte: 7 }, 6: { text: '' } } },
  16: { tables: [{ 4: { byte: 1 } }, { 4: { byte: 2 } }] },
  18: { records: [5, -6, 2 ** 40], width: 16 },
  22: { text: 'x' },
})

/** The same bytes, with others before them. */
function shifted(): Uint8Array {
  const all = new Uint8Array(bytes.length + 24).fill(255)
  all.set(bytes, 24)
  return all.subarray(24)
}

describe('a table has', () => {
  test.each([
    ['alone in memory', bytes],
    ['behind other bytes', shifted()],
  ])('every field that is there, %s', (_, bytes) => {
    const table = FlatTable.root(bytes)
    expect([table.byte(4), table.short(6), table.int(8), table.long(10)]).toEqual([
      200,
      -2,
      -70_000,
      -(2 ** 40),
    ])
    expect([table.text(12), table.text(22)]).toEqual(['Zürich', 'x'])
    expect([table.table(14)?.byte(4), table.table(14)?.text(6)]).toEqual([7, ''])
    expect(table.tables(16).map((one) => one.byte(4))).toEqual([1, 2])
    expect(table.longs(18, 16)).toEqual([5, -6, 2 ** 40])
    const entries = table.entries(18, 16)
    expect(entries.map((at) => at - entries[0])).toEqual([0, 16, 32])
    expect(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(entries[1], true)).toBe(-6n)
  })

  test('nothing where a field is left out, within its directory and behind it', () => {
    const table = FlatTable.root(flat({ 6: { byte: 1 } }))
    for (const field of [4, 8, 60]) {
      expect([table.byte(field), table.int(field), table.long(field)]).toEqual([0, 0, 0])
      expect([table.short(field), table.table(field), table.tablePlace(field)]).toEqual(
        new Array(3).fill(undefined),
      )
      expect([table.text(field), table.entries(field, 4), table.longs(field, 8)]).toEqual(['', [], []])
      expect(table.tables(field)).toEqual([])
    }
  })
})

describe('what lies outside is refused with a RangeError', () => {
  test('a vector longer than the bytes, but not one that ends with them', () => {
    const whole = flat({ 4: { records: [1, 2], width: 8 } })
    expect(FlatTable.root(whole).longs(4, 8)).toEqual([1, 2])
    expect(() => FlatTable.root(whole.subarray(0, -1)).entries(4, 8)).toThrow('a vector of 2')
    expect(() => FlatTable.root(whole).entries(4, 9)).toThrow(RangeError)
  })

  test('whatever is cut off', () => {
    const readEverything = (bytes: Uint8Array) => {
      const table = FlatTable.root(bytes)
      table.text(12)
      table.table(14)?.text(6)
      for (const one of table.tables(16)) one.byte(4)
      table.longs(18, 16)
      return table.text(22)
    }
    expect(readEverything(bytes)).toBe('x')
    for (let end = 0; end < bytes.length; end++)
      expect(() => readEverything(bytes.slice(0, end)), `${end} bytes`).toThrow(RangeError)
  })

  test('references that lead away', () => {
    const away = bytes.slice()
    new DataView(away.buffer).setUint32(0, 2 ** 31, true)
    expect(() => FlatTable.root(away)).toThrow(RangeError)
  })
})
