import { expect, test } from 'vitest'
import { classTones, levelTones } from '../../../report/palette.ts'
import { enclosed, nearest, pixelsOf, placeAt, viewOfAll, within, zoomed } from './scatter-view.ts'
import { classColors, rampStops, toned } from './tones.ts'

const points = Float32Array.of(0, 0, 10, 0, 0, 4, 10, 4)
const view = viewOfAll(points)

test('all points are in view, y upward', () => {
  expect(view.center).toEqual([5, 2])
  expect(within(view, [10, 4])[0]).toBeCloseTo(1 / 1.08)
  const [x, y] = pixelsOf(view, 100, [10, 4])
  expect(x).toBeGreaterThan(90)
  expect(y).toBeLessThan(10)
  expect(viewOfAll([3, 3]).reach[0]).toBeGreaterThan(0)
  expect(viewOfAll([])).toEqual({ center: [0, 0], reach: [1, 1] })
})

test('a place of the page and back', () => {
  const [x, y] = placeAt(view, 300, pixelsOf(view, 300, [7.5, 1]))
  expect(x).toBeCloseTo(7.5)
  expect(y).toBeCloseTo(1)
})

test('zooming keeps what it is about where it is', () => {
  const closer = zoomed(view, 2, [8, 3])
  expect(pixelsOf(closer, 100, [8, 3])[0]).toBeCloseTo(pixelsOf(view, 100, [8, 3])[0])
  expect(closer.reach[0]).toBeCloseTo(view.reach[0] / 2)
})

test('the nearest point, unless it is too far', () => {
  expect(nearest(points, view, 100, pixelsOf(view, 100, [9.9, 0.1]))).toBe(1)
  expect(nearest(points, view, 100, [50, 50], 10)).toBeUndefined()
})

test('a line encloses what is inside it', () => {
  const left = [
    [0, 0],
    [50, 0],
    [50, 100],
    [0, 100],
  ] as const
  expect(enclosed(points, view, 100, left)).toEqual([0, 2])
})

test('colors are those of the reports; few levels are classes, many a ramp', () => {
  expect(classColors).toEqual(classTones)
  expect([rampStops.light[0], rampStops.light.at(-1)]).toEqual([
    levelTones[0].light,
    levelTones.at(-1)?.light,
  ])
  expect([rampStops.dark[0], rampStops.dark.at(-1)]).toEqual([levelTones[0].dark, levelTones.at(-1)?.dark])
  const few = toned(Float32Array.of(4, 7, 4), 'light')
  expect(few.ofPoint).toEqual([0, 1, 0])
  expect(few.entries).toEqual([
    { name: '4', color: classTones[0].light },
    { name: '7', color: classTones[1].light },
  ])
  const many = toned(
    Float32Array.from({ length: 31 }, (_, i) => i),
    'dark',
  )
  expect(many.isRamp).toBe(true)
  expect(many.colors).toEqual(levelTones.map(({ dark }) => dark))
  expect([many.ofPoint[0], many.ofPoint[15], many.ofPoint[30]]).toEqual([0, 8, 15])
  expect(toned(undefined, 'light').entries).toEqual([])
  const gaps = toned(Float32Array.of(0, Number.NaN, 1), 'light', { 0: 'fern' })
  expect(gaps.entries.map(({ name }) => name)).toEqual(['fern', '1', 'missing'])
  expect(gaps.ofPoint).toEqual([0, 2, 1])
})
