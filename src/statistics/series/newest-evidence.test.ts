/** What is said of a newest row is what the joint Gaussian of its window says, by hand. */
import { expect, test } from 'vitest'
import { cholesky, solveLower } from '../../base/math/cholesky.ts'
import { inverseOf } from '../../base/math/precision.ts'
import { fillUniform, streamOf } from '../../base/random.ts'
import { newestJudge, type RecentRows, takeIn } from './newest-evidence.ts'

const [WIDTH, ROWS] = [3, 4]
const SIZE = WIDTH * ROWS
const stream = streamOf('test-newest')
const uniform = (count: number, step: number): Float32Array => {
  const out = new Float32Array(count)
  fillUniform(out, { seed: 3, stream, step })
  return out
}

const noise = uniform(SIZE * SIZE, 0)
const covariance = new Float64Array(SIZE * SIZE)
for (let i = 0; i < SIZE; i++)
  for (let j = 0; j < SIZE; j++) {
    let sum = i === j ? 0.3 : 0
    for (let k = 0; k < SIZE; k++) sum += (noise[i * SIZE + k] - 0.5) * (noise[j * SIZE + k] - 0.5)
    covariance[i * SIZE + j] = sum
  }
const mean = Float64Array.from(uniform(SIZE, 1))
const gaussian = { width: WIDTH, rows: ROWS, mean, factor: cholesky(covariance, SIZE) }

/** Mean, variance and half log determinant of what is asked for, given numbers at other places. */
function given(places: readonly number[], asked: readonly number[], x: ArrayLike<number>) {
  const all = [...places, ...asked]
  const own = Float64Array.from(all.flatMap((i) => all.map((j) => covariance[i * SIZE + j])))
  const precision = inverseOf(cholesky(own, all.length), all.length)
  const count = asked.length
  const block = Float64Array.from(
    asked.flatMap((_, a) =>
      asked.map((_, b) => precision[(places.length + a) * all.length + places.length + b]),
    ),
  )
  const variance = inverseOf(cholesky(block, count), count)
  const centers = asked.map((place, a) => {
    let move = 0
    for (let b = 0; b < count; b++)
      for (let k = 0; k < places.length; k++)
        move -=
          variance[a * count + b] *
          precision[(places.length + b) * all.length + k] *
          (x[places[k]] - mean[places[k]])
    return mean[place] + move
  })
  return { centers, variance }
}

function nats(places: readonly number[], asked: readonly number[], x: ArrayLike<number>): number {
  const { centers, variance } = given(places, asked, x)
  const factor = cholesky(variance, asked.length)
  const off = Float64Array.from(asked, (place, a) => x[place] - centers[a])
  solveLower(factor, asked.length, off)
  return off.reduce(
    (sum, y, a) => sum + (y * y + Math.log(2 * Math.PI)) / 2 + Math.log(factor[a * asked.length + a]),
    0,
  )
}

const rowsOf = (x: ArrayLike<number>, believed: ArrayLike<number>, count: number): RecentRows => ({
  data: Float64Array.from({ length: (ROWS - 1) * WIDTH }, (_, at) => x[at] ?? 0),
  believed: Uint8Array.from({ length: (ROWS - 1) * WIDTH }, (_, at) => believed[at] ?? 0),
  count,
})

const ALL = new Array(SIZE).fill(1)
test.each([
  { name: 'a whole window', rows: ROWS, unbelieved: [] },
  { name: 'a whole window with gaps', rows: ROWS, unbelieved: [1, 2, 6] },
  { name: 'the second row of a series', rows: 2, unbelieved: [] },
  { name: 'a third row behind a gap', rows: 3, unbelieved: [0, 4] },
  { name: 'the first row', rows: 1, unbelieved: [] },
])('$name, all known and one missing', ({ rows, unbelieved }) => {
  const x = uniform(SIZE, 5 + rows).map((u) => 2 * u - 1)
  const first = (rows - 1) * WIDTH
  const before = Array.from({ length: first }, (_, at) => at).filter(
    (at) => !unbelieved.includes(at as never),
  )
  const believed = ALL.map((_, at) => (before.includes(at) ? 1 : 0))
  for (const known of [
    [1, 1, 1],
    [1, 0, 1],
  ]) {
    const own = x.slice(first, first + WIDTH)
    const found = newestJudge(gaussian)(rowsOf(x, believed, rows - 1), own, known)
    const places = [0, 1, 2].filter((at) => known[at] === 1)
    for (const at of [0, 1, 2]) {
      const rest = places.filter((other) => other !== at).map((other) => first + other)
      const { centers, variance } = given([...before, ...rest], [first + at], x)
      expect(found.expected[at]).toBeCloseTo(centers[0], 9)
      const distance = known[at] === 1 ? (own[at] - centers[0]) ** 2 / variance[0] : 0
      expect(found.distance[at]).toBeCloseTo(distance, 9)
    }
    const asked = places.map((at) => first + at)
    expect(found.nats.reduce((sum, own) => sum + own, 0)).toBeCloseTo(nats(before, asked, x), 9)
  }
})

test('a wrong number is set aside, so that the others are judged without it and the next row does not believe it', () => {
  const x = Float64Array.from(mean)
  x[SIZE - 2] += 40
  const judge = newestJudge(gaussian, [0.5, 0.5, 0.5])
  const recent = rowsOf(x, ALL, ROWS - 1)
  const { distance, expected, believed } = judge(recent, x.slice(SIZE - WIDTH), [1, 1, 1])
  expect([...believed]).toEqual([1, 0, 1])
  const { centers, variance } = given(
    Array.from({ length: SIZE - WIDTH }, (_, at) => at),
    [SIZE - 3, SIZE - 2, SIZE - 1],
    x,
  )
  expect(expected[1]).toBeCloseTo(centers[1], 9)
  expect(distance[0]).toBeLessThan(1)
  expect(distance[1]).toBeGreaterThan(100)
  expect(variance[4]).toBeGreaterThan(0)
  takeIn(recent, ROWS - 1, x.slice(SIZE - WIDTH), believed)
  expect(recent.count).toBe(ROWS - 1)
  expect([...recent.believed]).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 1])
  expect([...recent.data]).toEqual([...x.slice(WIDTH)])
})
