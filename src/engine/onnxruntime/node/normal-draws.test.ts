import { expect, test } from 'vitest'
import { fillNormal } from '../../../base/random.ts'
import { normalDraws } from './normal-draws.ts'

test.each([
  [1, { seed: 0, stream: 0, step: 0 }],
  [4, { seed: 1, stream: 2, step: 3 }],
  [4099, { seed: 2 ** 31 + 5, stream: 2 ** 31 + 7, step: 2 ** 31 + 9 }],
  [30_001, { seed: 2 ** 40 + 3, stream: 5, step: 2 ** 33 + 7 }],
])('%i draws are those of fillNormal to the bit', (length, draw) => {
  const drawn = normalDraws(length)(draw)
  expect(drawn).toEqual(fillNormal(new Float32Array(length), draw))
})

test('draws come into the memory of those before', () => {
  const draws = normalDraws(6)
  const first = draws({ seed: 1, stream: 1, step: 1 })
  const kept = first.slice()
  expect(draws({ seed: 1, stream: 1, step: 2 })).toBe(first)
  expect(first).not.toEqual(kept)
})
