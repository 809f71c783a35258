import { expect, test } from 'vitest'
import { fillUniform, streamOf } from '../../base/random.ts'
import { periodOf } from './period.ts'

const noise = (count: number): Float32Array => {
  const all = new Float32Array(count)
  fillUniform(all, { seed: 5, stream: streamOf('test-period'), step: 0 })
  return all
}

test.each([7, 24, 100])('a rhythm of %i rows is found under noise, and not its double', (period) => {
  const chance = noise(800)
  const rows = Float64Array.from(chance, (x, row) => Math.sin((2 * Math.PI * row) / period) + x)
  expect(Math.abs((periodOf(rows) ?? 0) - period)).toBeLessThanOrEqual(Math.ceil(period / 50))
})

test('what is noise, a trend, a constant or too short for it has none', () => {
  expect(periodOf(Float64Array.from(noise(800)))).toBeUndefined()
  expect(periodOf(Float64Array.from({ length: 300 }, (_, row) => row))).toBeUndefined()
  expect(periodOf(new Float64Array(300).fill(4))).toBeUndefined()
  expect(periodOf(Float64Array.from({ length: 60 }, (_, row) => Math.sin(row / 4)))).toBeUndefined()
})
