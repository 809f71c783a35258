import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitted } from './live.ts'

const same = (text: string) => text
const style = { dim: same, accent: same }
const words = [
  'epoch 3/19',
  'loss 112.31',
  'recon 87.20',
  'KL 25.11',
  '31,240 ex/s',
  'validation ELBO −108.90',
  '1 min 5 s left',
]

test('a wide terminal shows everything, and a bar', () => {
  expect(fitted(words, 0.25, 140, style)).toBe(
    'epoch 3/19  ███████▌······················  loss 112.31  recon 87.20  KL 25.11  31,240 ex/s  validation ELBO −108.90  1 min 5 s left',
  )
})

test('80 columns keep what is wanted most', () => {
  expect(fitted(words, 0.25, 80, style)).toBe(
    'epoch 3/19  loss 112.31  recon 87.20  KL 25.11  31,240 ex/s  1 min 5 s left',
  )
})

test('no line is as wide as its terminal', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 200 }),
      (share, width) => {
        expect(fitted(words, share, width, style).length).toBeLessThan(width)
      },
    ),
  )
})
