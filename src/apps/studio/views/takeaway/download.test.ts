import { expect, test } from 'vitest'
import { sizeText } from './download.ts'

test('sizes as people read them', () => {
  expect([0, 512, 999, 1000, 1449, 99_960, 1_538_256, 999_600, 3e9].map(sizeText)).toEqual([
    '0 bytes',
    '512 bytes',
    '999 bytes',
    '1.0 kB',
    '1.4 kB',
    '100 kB',
    '1.5 MB',
    '1.0 MB',
    '3.0 GB',
  ])
})
