import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aligned, bar } from './table.ts'

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

test('a bar grows with its share, by eighths of a letter', () => {
  expect([0, 1 / 16, 0.5, 1, 2, -1].map((share) => bar(share, 2))).toEqual(['', '▏', '█', '██', '██', ''])
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), (share, width) => {
      expect(bar(share, width).length).toBeLessThanOrEqual(width)
    }),
  )
})
