import { describe, expect, test } from 'vitest'
import { outlines, REACH } from './dsprites-shapes.ts'

type Points = readonly (readonly [x: number, y: number])[]

/** Points of a grid that has none on an axis of symmetry. */
const grid: Points = Array.from({ length: 144 * 144 }, (_, i) => [
  ((i % 144) + 0.5) / 4 - 18,
  (Math.floor(i / 144) + 0.5) / 4 - 18,
])

describe.each(outlines)('$name', ({ area, contains }) => {
  const inside = grid.filter(([x, y]) => contains(x, y))

  test('has its area and its centroid in the origin', () => {
    expect(Math.abs(inside.length / 16 / area - 1)).toBeLessThan(0.005)
    for (const axis of [0, 1]) {
      const mean = inside.reduce((sum, point) => sum + point[axis], 0) / inside.length
      expect(Math.abs(mean)).toBeLessThan(0.04)
    }
  })

  test('is the same in a mirror, and lies within its reach', () => {
    for (const [x, y] of inside) {
      if (!contains(-x, y)) throw new Error(`(${x}, ${y}) has no image`)
      if (x * x + y * y > REACH * REACH) throw new Error(`(${x}, ${y}) is too far`)
    }
  })
})

test('areas are about equal', () => {
  for (const { area } of outlines) expect(Math.abs(area / outlines[0].area - 1)).toBeLessThan(0.01)
})

const [square, ellipse, heart] = outlines.map(({ contains }) => contains)

test('a square has its left and upper sides, so that squares beside each other share no point', () => {
  const sides: Points = [
    [-11, 0],
    [0, -11],
    [-11, -11],
    [10.99, 10.99],
  ]
  for (const [x, y] of sides) expect(square(x, y), `${x}, ${y}`).toBe(true)
  for (const [x, y] of sides.slice(0, 3)) expect(square(x === 0 ? 0 : -x, y === 0 ? 0 : -y)).toBe(false)
  for (const [x, y] of [
    [-11.01, 0],
    [0, -11.01],
    [11, 0],
    [0, 11],
  ])
    expect(square(x, y)).toBe(false)
})

test('an ellipse is longer than it is high, and has its edge', () => {
  expect([ellipse(15.4, 0), ellipse(-15.4, 0), ellipse(0, 10), ellipse(0, -10)]).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect([ellipse(15.41, 0), ellipse(0, 10.01), ellipse(10.9, 7.1), ellipse(10, 7)]).toEqual([
    ...[false, false],
    ...[false, true],
  ])
})

test('a heart is a square on its tip with half a disc on each of its upper sides', () => {
  const [side, down] = [16.5, 3.6553]
  const lobe = side / 2
  for (const [x, y] of grid) {
    const diamond = side * Math.SQRT1_2 - Math.abs(x) - Math.abs(y - down)
    const disc = lobe - Math.hypot(Math.abs(x) - lobe * Math.SQRT1_2, y - down + lobe * Math.SQRT1_2)
    const margin = Math.max(diamond, disc)
    if (Math.abs(margin) > 0.001 && heart(x, y) !== margin > 0) throw new Error(`(${x}, ${y})`)
  }
  // It stands on its tip, and is hollow above.
  expect(heart(0, down + side * Math.SQRT1_2 - 0.01)).toBe(true)
  expect(heart(0, down - side * Math.SQRT1_2 - 0.01)).toBe(false)
})
