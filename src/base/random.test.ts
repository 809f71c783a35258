import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Draw,
  exactLog,
  fillBits,
  fillNormal,
  fillUniform,
  normalQuantile,
  permutation,
  philox,
  philoxBlock,
  streams,
} from './random.ts'

const draw: Draw = { seed: 7, stream: streams.posterior, step: 3 }
const hex = (words: Uint32Array) => [...words].map((word) => word.toString(16).padStart(8, '0')).join(' ')

describe('philox', () => {
  // Known-answer vectors of the authors' Random123 (kat_vectors, philox4x32 10).
  test.each([
    [[0, 0, 0, 0, 0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[-1, -1, -1, -1, -1, -1], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [
      [0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('key and counter %j', ([k0, k1, c0, c1, c2, c3], wanted) => {
    const out = new Uint32Array(4)
    philoxBlock(k0, k1, c0, c1, c2, c3, out)
    expect(hex(out)).toBe(wanted)
  })

  test('a draw puts seed in the key and (index, stream, step) in the counter', () => {
    const bare = new Uint32Array(4)
    const drawn = new Uint32Array(4)
    philoxBlock(5, 2, 9, streams.split, 8, 1, bare)
    philox({ seed: 2 * 2 ** 32 + 5, stream: streams.split, step: 2 ** 32 + 8 }, 9, drawn)
    expect(drawn).toEqual(bare)
  })

  test('seed, stream, step and index each change the bits', () => {
    const bits = (change: Partial<Draw>, index = 0) => {
      const out = new Uint32Array(4)
      philox({ ...draw, ...change }, index, out)
      return hex(out)
    }
    const all = [bits({}), bits({ seed: 8 }), bits({ seed: 7 + 2 ** 32 }), bits({ stream: streams.prior })]
    all.push(bits({ step: 4 }), bits({ step: 3 + 2 ** 32 }), bits({}, 1))
    expect(new Set(all).size).toBe(all.length)
  })
})

test('golden bits: every engine and release draws these', () => {
  expect(hex(fillBits(new Uint32Array(6), draw))).toMatchInlineSnapshot(
    `"2091f187 fb6c4b35 1b2d0f0f 6e0ddeae d891d5f2 8f4d5823"`,
  )
  expect([...fillUniform(new Float32Array(3), draw, -1, 1)]).toMatchInlineSnapshot(`
    [
      -0.7455462217330933,
      0.9642423391342163,
      -0.7876874208450317,
    ]
  `)
  expect([...fillNormal(new Float32Array(3), draw)]).toMatchInlineSnapshot(`
    [
      -1.1395978927612305,
      2.099672794342041,
      -1.2472316026687622,
    ]
  `)
  expect([...permutation(8, draw)]).toMatchInlineSnapshot(`
    [
      2,
      5,
      7,
      1,
      6,
      3,
      4,
      0,
    ]
  `)
})

test('a longer draw begins with the shorter one', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), (a, b) => {
      const [short, long] = [Math.min(a, b), Math.max(a, b)]
      const bits = fillBits(new Uint32Array(long), draw)
      expect(fillBits(new Uint32Array(short), draw)).toEqual(bits.subarray(0, short))
    }),
  )
})

const moments = (values: Float32Array) => {
  const n = values.length
  const mean = values.reduce((sum, x) => sum + x, 0) / n
  const central = (power: number) => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / n
  return {
    mean,
    variance: central(2),
    skew: central(3) / central(2) ** 1.5,
    tail: central(4) / central(2) ** 2,
  }
}

test('uniform draws lie in [low, high) with a uniform’s moments', () => {
  const values = fillUniform(new Float32Array(200_000), draw)
  expect(values.every((x) => x >= 0 && x < 1)).toBe(true)
  const { mean, variance, skew } = moments(values)
  expect(mean).toBeCloseTo(0.5, 2)
  expect(variance).toBeCloseTo(1 / 12, 2)
  expect(skew).toBeCloseTo(0, 1)
})

test('normal draws have a normal’s moments', () => {
  const { mean, variance, skew, tail } = moments(fillNormal(new Float32Array(200_000), draw))
  // Five standard errors of each estimate at this sample size.
  expect(Math.abs(mean)).toBeLessThan(0.0112)
  expect(Math.abs(variance - 1)).toBeLessThan(0.0158)
  expect(Math.abs(skew)).toBeLessThan(0.0274)
  expect(Math.abs(tail - 3)).toBeLessThan(0.0548)
})

test('a permutation holds every number once and is not the identity', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(), (count, seed) => {
      const order = permutation(count, { ...draw, seed })
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
    }),
  )
  expect([...permutation(50, draw)]).not.toEqual(Array.from({ length: 50 }, (_, i) => i))
})

test('normalQuantile meets tabulated quantiles', () => {
  // Roots of the normal distribution function, found with 40 digits.
  const known: [number, number][] = [
    [1.1641532182693481e-10, -6.3379577545537895],
    [1e-6, -4.753424308822899],
    [0.001, -3.0902323061678136],
    [0.025, -1.9599639845400543],
    [0.07, -1.4757910281791706],
    [0.1, -1.2815515655446004],
    [0.3, -0.5244005127080408],
    [0.7, 0.5244005127080407],
    [0.9, 1.2815515655446006],
    [0.975, 1.9599639845400538],
    [0.99999, 4.264890793923841],
  ]
  for (const [p, z] of known) expect(Math.abs(normalQuantile(p) / z - 1), `p = ${p}`).toBeLessThan(2e-15)
  expect(normalQuantile(0.5)).toBe(0)
})

test('normalQuantile is odd about one half', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (k) => {
      expect(normalQuantile(1 - k * 2 ** -32)).toBe(-normalQuantile(k * 2 ** -32))
    }),
  )
})

test('exactLog agrees with the platform’s logarithm to 1e-15', () => {
  fc.assert(
    fc.property(fc.double({ min: 2 ** -1000, max: 2 ** 1000, noNaN: true }), (x) => {
      const wanted = Math.log(x)
      expect(Math.abs(exactLog(x) - wanted)).toBeLessThanOrEqual(1e-15 * Math.abs(wanted))
    }),
    { numRuns: 2000, seed: 1 },
  )
  expect(exactLog(1)).toBe(0)
})
