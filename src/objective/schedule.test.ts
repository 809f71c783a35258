import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allSchedules, finalWeight, parseWeight, weightAt } from './schedule.ts'

const at = (text: string | number, step: number) => weightAt(parseWeight(text), step)

test('schedules have the values their names promise', () => {
  expect(at(4, 1e6)).toBe(4)
  expect(at('constant(0.5)', 3)).toBe(0.5)
  expect([0, 50, 100, 500].map((step) => at('linear(0, 4, 100)', step))).toEqual([0, 2, 4, 4])
  expect([0, 50, 100, 500].map((step) => at('cosine(2,4,100)', step))).toEqual([2, 3, 4, 4])
  expect([0, 25, 50, 99, 100, 125].map((step) => at('cyclic(0, 1, 100, 0.5)', step))).toEqual([
    0, 0.5, 1, 1, 0, 0.5,
  ])
})

describe.each(allSchedules)('$name', (kind) => {
  const args = fc.tuple(
    ...kind.parameters.map((name) =>
      name === 'ramp'
        ? fc.double({ min: 0.01, max: 1, noNaN: true })
        : name === 'steps' || name === 'period'
          ? fc.integer({ min: 1, max: 1e6 })
          : fc.double({ min: 0, max: 100, noNaN: true }),
    ),
  )
  test('text round-trips, and values stay between both ends', () => {
    fc.assert(
      fc.property(args, fc.integer({ min: 0, max: 2e6 }), (values, step) => {
        const schedule = parseWeight(`${kind.name}(${values.join(',')})`)
        expect(parseWeight(schedule.text)).toEqual(schedule)
        const weight = weightAt(schedule, step)
        const ends = [values[0], finalWeight(schedule)]
        expect(weight).toBeGreaterThanOrEqual(Math.min(...ends) - 1e-9)
        expect(weight).toBeLessThanOrEqual(Math.max(...ends) + 1e-9)
      }),
    )
  })
})

test('text outside the grammar is refused, and never read as a number by accident', () => {
  for (const text of [
    '',
    'linear',
    'linear()',
    'linear(0,1)',
    'linear(0,1,0)',
    'line(0,1,2)',
    'NaN',
    'Infinity',
    '1,2',
    'cyclic(0,1,10,2)',
    'linear(0,,3)',
  ])
    expect(() => parseWeight(text), text).toThrow('[objective/schedule]')
  expect(() => parseWeight('fast')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: weight "fast"; wanted a number, constant(value), linear(from, to, steps), cosine(from, to, steps), cyclic(from, to, period, ramp). Fix: write for example 4 or linear(0, 4, 10000). [objective/schedule]]`,
  )
})
