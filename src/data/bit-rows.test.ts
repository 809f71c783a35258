import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bitRows } from './bit-rows.ts'

test('gives back the rows that pieces of any length held', () => {
  const world = fc.record({
    width: fc.integer({ min: 1, max: 20 }),
    values: fc.array(fc.constantFrom(0, 1), { minLength: 20, maxLength: 200 }),
    piece: fc.integer({ min: 1, max: 40 }),
  })
  fc.assert(
    fc.property(world, ({ width, values, piece }) => {
      const count = Math.floor(values.length / width)
      const all = Uint8Array.from(values.slice(0, count * width))
      const bits = bitRows(count, width)
      for (let at = 0; at < all.length; at += piece) {
        expect(bits.isFull()).toBe(false)
        expect(bits.append(all.subarray(at, at + piece))).toBe(true)
      }
      expect(bits.isFull()).toBe(true)
      const last = count - 1
      const row = (index: number) => all.subarray(index * width, (index + 1) * width)
      expect(bits.read([last, 0])).toEqual(Uint8Array.of(...row(last), ...row(0)))
    }),
  )
})

test('takes nothing but zeros and ones, and no more than there is room for', () => {
  expect(bitRows(1, 9).append(Uint8Array.of(0, 1, 2))).toBe(false)
  expect(bitRows(1, 2).append(Uint8Array.of(0, 1, 0))).toBe(false)
})
