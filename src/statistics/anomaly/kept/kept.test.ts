/** Detectors that a model keeps: what they measure, against what it is by definition. */
import { describe, expect, test } from 'vitest'
import { fillNormal } from '../../../base/random.ts'
import { growForest, isolationIn } from './forest.ts'
import { distanceFromMiddle, middleOf } from './middle.ts'
import { distanceToPrototypes, prototypesOf } from './prototypes.ts'
import { rarityIn, rarityOf } from './rarity.ts'
import { fitRobustGaussian, inGaussian } from './robust-gaussian.ts'

const normal = (count: number, step: number) =>
  Float64Array.from(fillNormal(new Float32Array(count), { seed: 16, stream: 1016, step }))

/** Rows (a, a + b/2, c), of which the first fifth lies far away. */
const rows = (() => {
  const noise = normal(1500, 0)
  return Float64Array.from(noise, (x, at) => {
    const [row, column] = [Math.floor(at / 3), at % 3]
    if (row < 100) return 8 + x / 10
    return column === 1 ? noise[at - 1] + x / 2 : x
  })
})()
const whole = { width: 3, data: rows, known: new Uint8Array(rows.length).fill(1) }

describe('a robust Gaussian', () => {
  const { distance, fill, pull, precision } = inGaussian(fitRobustGaussian(whole))

  test('is that of most rows, whatever a fifth of them is', () => {
    expect(distance(Float64Array.of(0, 0, 0))).toBeLessThan(0.5)
    expect(distance(Float64Array.of(8, 8, 8))).toBeGreaterThan(60)
    // Of one size, one as the columns vary together, one against it.
    expect(distance(Float64Array.of(1, -1, 0))).toBeGreaterThan(5 * distance(Float64Array.of(1, 1, 0)))
  })

  test('a gap is filled by the mean given the rest, which is where the distance is least', () => {
    const known = Uint8Array.of(1, 0, 1)
    const row = Float64Array.of(1.5, 99, -0.3)
    fill(row, known)
    for (const off of [-0.01, 0.01])
      expect(distance(Float64Array.of(1.5, row[1] + off, -0.3))).toBeGreaterThan(distance(row))
  })

  test('the fall of the distance without a cell is the square of its pull over its precision', () => {
    const row = Float64Array.of(1.5, -2, -0.3)
    const out = new Float64Array(3)
    pull(row, out)
    const without = row.slice()
    fill(without, Uint8Array.of(1, 0, 1))
    expect(distance(row) - distance(without)).toBeCloseTo(out[1] ** 2 / precision([1])[0], 6)
  })

  test('columns that are one another, constant or unknown leave it finite', () => {
    const data = Float64Array.from({ length: 48 }, (_, at) => [rows[at], rows[at], 0, 0][at % 4])
    const known = Uint8Array.from({ length: 48 }, (_, at) => (at % 4 === 3 ? 0 : 1))
    const fitted = inGaussian(fitRobustGaussian({ width: 4, data, known }))
    expect(fitted.distance(Float64Array.of(1, -1, 3, 0))).toBeGreaterThan(0)
    expect(Number.isFinite(fitted.distance(Float64Array.of(1e6, -1e6, 1e6, 1e6)))).toBe(true)
  })

  test('a value beside one that most rows have is not infinitely far away', () => {
    const noise = normal(600, 3)
    const data = noise.map((x, at) => (at % 2 === 0 || at < 60 ? x : 0))
    const { distance } = inGaussian(fitRobustGaussian({ width: 2, data, known: new Uint8Array(600).fill(1) }))
    expect(distance(Float64Array.of(0, 1))).toBeGreaterThan(10)
    expect(distance(Float64Array.of(0, 1))).toBeLessThan(100)
  })

  test('codes far out among its rows do not hide how the others vary together', () => {
    const noise = normal(600, 4)
    const data = noise.map((x, at) => (at < 6 ? 1e3 : 1e-2 * (noise[at - (at % 2)] + (at % 2) * 0.1 * x)))
    const { distance } = inGaussian(fitRobustGaussian({ width: 2, data, known: new Uint8Array(600).fill(1) }))
    const [along, across] = [distance(Float64Array.of(0.02, 0.02)), distance(Float64Array.of(0.02, -0.02))]
    expect(across).toBeGreaterThan(5 * along)
  })

  test('of very many columns keeps variances alone', () => {
    const data = normal(700 * 30, 1)
    const fitted = fitRobustGaussian({ width: 700, data, known: new Uint8Array(data.length).fill(1) })
    expect(fitted.factor).toHaveLength(700)
    expect(inGaussian(fitted).distance(new Float64Array(700).fill(3))).toBeGreaterThan(3000)
  })
})

describe('the middle', () => {
  test('is that of most rows, whatever a fifth of them is, each column by itself', () => {
    const middle = middleOf(whole)
    const distance = distanceFromMiddle(middle)
    for (const median of middle.subarray(0, 3)) expect(Math.abs(median)).toBeLessThan(0.6)
    for (const spread of middle.subarray(3)) expect(spread).toBeLessThan(2.5)
    expect(distance(Float64Array.of(8, 8, 8))).toBeGreaterThan(distance(Float64Array.of(2, 2, 2)) + 2)
    // As the columns vary together or against it: columns know nothing of each other here.
    const [with_, against] = [2, -2].map((y) => [
      middle[0] + 2 * middle[3],
      middle[1] + y * middle[4],
      middle[2],
    ])
    expect(distance(Float64Array.from(with_))).toBeCloseTo(distance(Float64Array.from(against)), 6)
    expect(distance(Float64Array.from(with_))).toBeCloseTo(Math.log(1 + 8), 6)
  })

  test('columns that are nearly all one value, constant or unknown leave it finite', () => {
    const data = Float64Array.from({ length: 90 }, (_, at) => [at === 0 ? 9 : 0, 5, 99][at % 3])
    const known = Uint8Array.from({ length: 90 }, (_, at) => (at % 3 === 2 ? 0 : 1))
    const middle = middleOf({ width: 3, data, known })
    expect(middle[0]).toBe(0)
    expect(middle[3]).toBeCloseTo(9 * Math.sqrt(1 / 30 - 1 / 900), 5)
    expect([...middle.subarray(1, 3), ...middle.subarray(4)]).toEqual([5, 0, 1, 1])
    expect(Number.isFinite(distanceFromMiddle(middle)(Float64Array.of(9, 6, 1)))).toBe(true)
  })
})

test('a prototype is the mean of three rows or more, and all rows are in one', () => {
  const prototypes = prototypesOf(rows, 3)
  const kept = prototypes.length / 3
  expect(kept).toBeLessThanOrEqual(Math.floor(rows.length / 9))
  for (let at = 0; at < rows.length; at += 3) expect(prototypes).not.toContain(Math.fround(rows[at]))
  const distance = distanceToPrototypes(prototypes, 3)
  expect(distance(Float64Array.of(0, 0, 0))).toBeLessThan(0.5)
  expect(distance(Float64Array.of(4, -4, 0))).toBeGreaterThan(3)
})

test.each([1, 2, 3, 5, 8, 13])('of %d prototypes the nearest three are found, to the bit', (count) => {
  for (const width of [1, 7, 8, 30]) {
    const prototypes = Float32Array.from(normal(count * width, 100 + width))
    const distance = distanceToPrototypes(prototypes, width)
    for (const row of [0, 1, 2].map((step) => normal(width, 200 + step).map((x) => x * 10 ** step))) {
      const squares = Float64Array.from({ length: count }, (_, own) =>
        row.reduce((sum, x, at) => sum + (x - prototypes[own * width + at]) ** 2, 0),
      ).sort()
      const nearest = squares.subarray(0, 3)
      expect(distance(row)).toBe(nearest.reduce((sum, own) => sum + Math.sqrt(own) / nearest.length, 0))
    }
  }
})

describe('rarity', () => {
  const values = normal(2000, 2)
  const rarity = rarityIn(rarityOf(values))

  test('is −log of the share of values that reach one', () => {
    for (const value of [-1, 0, 0.5, 1, 1.2, 1.5, 2]) {
      const share = values.filter((own) => own >= value).length / values.length
      expect(Math.abs(rarity(value) + Math.log(share))).toBeLessThan(0.12)
    }
  })

  test('grows for ever, and slowly where nobody has been', () => {
    const far = [3, 6, 100, 1e6, 1e12].map(rarity)
    expect(far.toSorted((a, b) => a - b)).toEqual(far)
    expect(far.at(-1)).toBeLessThan(60)
  })

  test('of values that are all one, that one is common', () => {
    expect(rarityIn(rarityOf([2, 2, 2]))(2)).toBe(0)
    expect(rarityIn(rarityOf([2, 2, 2]))(3)).toBeGreaterThan(2)
  })
})

test('a kept forest sets far rows apart sooner', () => {
  const isolation = isolationIn(growForest({ count: rows.length / 3, width: 3, data: rows }))
  expect(isolation(Float64Array.of(-6, 6, -6))).toBeGreaterThan(isolation(Float64Array.of(0, 0, 0)) + 2)
})
