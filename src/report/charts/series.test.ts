import { expect, test } from 'vitest'
import { courseOf, seriesChart } from './series.ts'

const identity = { x: (value: number) => value, y: (value: number) => value }
const ticks = (count: number, step = 1): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => i * step)

test('of thousands of numbers on a unit of width the least and the greatest are kept', () => {
  const values = ticks(5000).map((i) => Math.sin(i))
  values[1234] = 90
  values[4321] = -70
  const course = courseOf(identity, ticks(5000, 0.001), values)
  expect(course).toContain(' 90')
  expect(course).toContain(' -70')
  expect(course.length).toBeLessThan(400)
  expect(course.match(/M/g)).toHaveLength(1)
})

test('a line ends where a number is missing and where no row was for long, and one without neighbors is a dot', () => {
  const values = Float64Array.of(1, 2, Number.NaN, 3, Number.NaN, 4, 5)
  expect(courseOf(identity, ticks(7), values)).toBe('M0 1L1 2M3 3h0M5 4L6 5')
  expect(courseOf(identity, Float64Array.of(0, 1, 2, 9, 10), ticks(5))).toBe('M0 0L1 1L2 2M9 3L10 4')
})

test('marks have their number and their words, also for those who do not see them', () => {
  const band = { from: 3, to: 3, rank: 2, words: 'spike of +4 at 03:00' }
  const { markup } = seriesChart({ name: 'flow', times: ticks(9), values: ticks(9), bands: [band] })
  expect(markup).toContain('<desc>flow over time; 2: spike of +4 at 03:00</desc>')
  expect(markup).toContain('<title>2: spike of +4 at 03:00</title>')
  expect(markup).toMatch(/<rect class="band" [^>]*width="4"/)
  const plain = seriesChart({ name: 'flow', times: ticks(9), values: ticks(9), bands: [] })
  expect(plain.markup).toContain('flow over time, no odd stretch')
})
