import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar, widthOf } from './letters.ts'
import { wrapped } from './lines.ts'
import { aligned } from './table.ts'

test('columns stand under each other', () => {
  expect(
    aligned(
      [
        ['KL', '3.10', 'nats'],
        ['reconstruction', '−21.34'],
      ],
      'lrl',
    ),
  ).toEqual(['KL                3.10  nats', 'reconstruction  −21.34'])
})

test('marks above letters take no column', () => {
  expect(widthOf('‖x − x̂‖²')).toBe(8)
  expect(
    aligned(
      [
        ['x̂', '1'],
        ['xy', '2'],
      ],
      'lr',
    ),
  ).toEqual(['x̂   1', 'xy  2'])
})

test('long lines break at spaces, within the width, and lose nothing', () => {
  expect(wrapped('  one two three', 9, 4)).toEqual(['  one two', '    three'])
  expect(wrapped('one two', Number.POSITIVE_INFINITY, 2)).toEqual(['one two'])
  const word = fc.string({ minLength: 1, maxLength: 9 }).filter((text) => !/\s/.test(text))
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 12, max: 40 }), (words, width) => {
      const lines = wrapped(words.join(' '), width, 2)
      expect(lines.map((line) => line.trim()).join(' ')).toBe(words.join(' '))
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
    }),
  )
})

test('a bar grows with its share, by eighths of a letter', () => {
  expect([0, 1 / 16, 0.5, 1, 2, -1].map((share) => bar(share, 2))).toEqual(['', '▏', '█', '██', '██', ''])
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), (share, width) => {
      expect(bar(share, width).length).toBeLessThanOrEqual(width)
    }),
  )
})
