import { expect, test } from 'vitest'
import { reading } from './reading.ts'

test('says where a line began, where it is and its bounds', () => {
  expect(reading('loss', [1, 2, 3, 4], [500, null, -3.25, 120.46], 'step')).toBe(
    'loss: 500 at step 1, 120.5 at step 4, between −3.25 and 500.',
  )
})

test('says so where there is little or nothing', () => {
  expect(reading('KL', [7], [2], 'step')).toBe('KL: 2 at step 7.')
  expect(reading('KL', [1, 2], [Number.NaN, null], 'epoch')).toBe('KL: nothing yet.')
})
