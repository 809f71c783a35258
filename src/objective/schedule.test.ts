import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allSchedules, finalWeight, parseWeight, weightAt } from './schedule.ts'

const at = (text: string | number, step: number) => weightAt(parseWeight(text, {}), step)

test('schedules have the values their names promise', () => {
  expect(at(4, 1e6)).toBe(4)
  expect(at('constant(0.5)', 3)).toBe(0.5)
  expect([0, 50, 100, 500].map((step) => at('linear(0, 4, 100)', step))).toEqual([0, 2, 4, 4])
  expect([0, 50, 100, 500].map((step) => at('cosine(2,4,100)', step))).toEqual([2, 3, 4, 4])
  expect([0, 25, 50, 99, 100, 125].map((step) => at('cyclic(0, 1, 100, 0.5)', step))).toEqual([
    0, 0.5, 1, 1, 0, 0.5,
  ])
  const [start, quarter, half, end, later] = [0, 25, 50, 100, 500].map((step) =>
    at('sigmoid(2, 4, 100)', step),
  )
  expect([start, half, end, later]).toEqual([2, 3, 4, 4])
  expect(quarter).toBeLessThan(2.12)
  expect([0, 99, 100, 199, 200, 1e6].map((step) => at('steps(1, 100, 0.5, 200, 0.1)', step))).toEqual([
    1, 1, 0.5, 0.5, 0.1, 0.1,
  ])
})

describe.each(allSchedules)('$name', (kind) => {
  const value = fc.double({ min: 0, max: 100, noNaN: true })
  const count = fc.integer({ min: 1, max: 1e6 })
  const argument: Record<string, fc.Arbitrary<number>> = {
    ramp: fc.double({ min: 0.01, max: 1, noNaN: true }),
    steps: count,
    period: count,
  }
  const fixed = fc.tuple(...kind.parameters.map((name) => argument[name] ?? value))
  const open = fc
    .tuple(value, fc.array(fc.tuple(count, value), { minLength: 1, maxLength: 4 }))
    .map(([first, rest]) => [
      first,
      ...rest.flatMap(([, next], i) => [rest.slice(0, i + 1).reduce((sum, [wait]) => sum + wait, 0), next]),
    ])
  const args: fc.Arbitrary<number[]> = kind.parameters.at(-1) === '…' ? open : fixed
  test('text round-trips, and values stay between both ends', () => {
    fc.assert(
      fc.property(args, fc.integer({ min: 0, max: 2e6 }), (values, step) => {
        const schedule = parseWeight(`${kind.name}(${values.join(',')})`, {})
        expect(parseWeight(schedule.text, {})).toEqual(schedule)
        const weight = weightAt(schedule, step)
        expect(weight).toBeGreaterThanOrEqual(schedule.lowest - 1e-9)
        expect(weight).toBeLessThanOrEqual(schedule.highest + 1e-9)
        expect([values.at(-1), ...values]).toContain(finalWeight(schedule))
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
    'steps(1)',
    'steps(1, 100)',
    'steps(1, 100, 2, 50, 3)',
    'sigmoid(0, 1, -3)',
  ])
    expect(() => parseWeight(text, {}), text).toThrow('[objective/schedule]')
  expect(() => parseWeight('fast', {})).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: weight "fast"; wanted a number, constant(value), linear(from, to, steps), cosine(from, to, steps), sigmoid(from, to, steps), cyclic(from, to, period, ramp), steps(value, step, value, …). Fix: write for example 4 or linear(0, 4, 10000). [objective/schedule]]`,
  )
})
