import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar, cut, padEnd, pieces, widthOf, withoutControls } from './letters.ts'

test('marks take no column, letters of East Asia two, colors none', () => {
  expect(widthOf('‖x − x̂‖²')).toBe(8)
  expect(widthOf('水温 (°C)')).toBe(9)
  expect(widthOf('👩‍🔬')).toBe(4)
  expect(widthOf('\u001b[1mbold\u001b[22m')).toBe(4)
  expect(padEnd('x̂', 3)).toBe('x̂  ')
})

test('a name that is too long loses its middle', () => {
  expect(cut('runs/samples-12', 20)).toBe('runs/samples-12')
  expect(cut('runs/samples-12', 10)).toBe('runs/…s-12')
  expect(cut('水温水温水温', 7)).toBe('水温…温')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
      expect(widthOf(cut(text, width))).toBeLessThanOrEqual(Math.max(width, 1))
    }),
  )
})

test('pieces lose nothing', () => {
  expect(pieces('abcdefg', 3)).toEqual(['abc', 'def', 'g'])
  expect(pieces('水温', 1)).toEqual(['水', '温'])
})

test('no cell moves the cursor', () => {
  expect(withoutControls('a\nb\u001b[2J\u001b[1mc\u001b[22m')).toBe('a·b·[2J\u001b[1mc\u001b[22m')
})

test('a bar grows with its share, by eighths of a letter', () => {
  expect([0, 1 / 16, 0.5, 1, 2, -1].map((share) => bar(share, 2))).toEqual(['', '▏', '█', '██', '██', ''])
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), (share, width) => {
      expect(bar(share, width).length).toBeLessThanOrEqual(width)
    }),
  )
})
