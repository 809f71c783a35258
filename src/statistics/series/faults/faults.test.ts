/** What stretches look like, under Gaussians of which everything is known: all numbers independent, or two columns that share a level. */
import { describe, expect, test } from 'vitest'
import { fitOf, fitOfBoth, rangeOf, seenAsIs } from './distances.ts'
import type { Fault, JudgedSeries } from './fault.ts'
import { faultsOf } from './index.ts'

const ROWS = 6
const WIDTH = 2
/** Variance of each number. */
const VARIANCE = 0.25

const diagonal = (): Float64Array => {
  const size = ROWS * WIDTH
  const precision = new Float64Array(size * size)
  for (let at = 0; at < size; at++) precision[at * size + at] = 1 / VARIANCE
  return precision
}

/** A series of two columns whose means are 0 and 10, and a stretch of the first that holds `values`. */
function judged(values: readonly number[], from = 20, others?: readonly number[]): JudgedSeries {
  const count = 60
  const data = Float64Array.from({ length: count * WIDTH }, (_, at) =>
    at % WIDTH === 0 ? 0.1 * Math.sin(7 * at) : 10 + 0.1 * Math.cos(5 * at),
  )
  values.forEach((x, row) => {
    data[(from + row) * WIDTH] = x
  })
  others?.forEach((x, row) => {
    data[(from + row) * WIDTH + 1] = x
  })
  const to = from + values.length
  const mean = Float64Array.from({ length: ROWS * WIDTH }, (_, at) => (at < ROWS ? 0 : 10))
  return {
    gaussian: { width: WIDTH, rows: ROWS, mean, precision: diagonal() },
    series: { width: WIDTH, data, known: new Uint8Array(data.length).fill(1) },
    expected: data.map((_, at) => (at % WIDTH === 0 ? 0 : 10)),
    spans: [{ column: 0, from, to, most: 50 }, ...(others ? [{ column: 1, from, to, most: 40 }] : [])],
    exchanged: (columns, first, end) =>
      Float64Array.from(
        [...columns]
          .reverse()
          .flatMap((column) =>
            Array.from({ length: end - first }, (_, row) => data[(first + row) * WIDTH + column]),
          ),
      ),
  }
}

const seen = (...given: Parameters<typeof judged>): Fault | undefined => faultsOf(judged(...given))[0]?.fault

describe('among independent numbers', () => {
  test('a constant in a stretch is its mean, and takes away n·mean²/variance in each window that holds all of it', () => {
    const own = judged([2, 1, 3])
    const suspect = {
      ...own,
      span: own.spans[0],
      healed: own.series.data,
      healedColumn: () => new Float64Array(),
    }
    const windows = seenAsIs({ ...suspect, period: () => undefined }).filter(({ pull }) => pull.length === 3)
    const { by, taken } = fitOf(windows, rangeOf(3, 0, 3))
    expect(by).toBeCloseTo(2, 12)
    expect(taken).toBeCloseTo((windows.length * 3 * 2 ** 2) / VARIANCE, 9)
    const both = fitOfBoth(windows, rangeOf(3, 0, 3), [-1, 0, 1])
    expect(both.by[0]).toBeCloseTo(2, 12)
    expect(both.by[1]).toBeCloseTo(0.5, 12)
    expect(both.taken).toBeCloseTo((windows.length * (3 * 2 ** 2 + 0.5)) / VARIANCE, 9)
  })

  test('one row is a spike by as much as it is off', () => {
    const fault = seen([-3])
    expect(fault).toMatchObject({ kind: 'spike' })
    expect((fault as { by: number }).by).toBeCloseTo(-3, 9)
  })

  test('a spike that blames its neighbors is one row all the same', () => {
    expect(faultsOf(judged([0.1, 4, -0.1, 0.05]))[0]).toMatchObject({
      fault: { kind: 'spike' },
      ...{ from: 21, to: 22 },
    })
  })

  test('one value that stays is stuck, from its first row on', () => {
    expect(seen([2.5, 2.5, 2.5, 2.5, 2.5, 2.5])).toEqual({ kind: 'stuck' })
    const late = judged([2.5, 2.5, 2.5, 2.5, 2.5, 2.5])
    const span = { ...late.spans[0], from: 22 }
    expect(faultsOf({ ...late, spans: [span] })[0]).toMatchObject({ from: 20, to: 26 })
  })

  test('a level that has moved is a shift, and what grows a trend that began at nothing', () => {
    expect(seen([2, 2.2, 1.9, 2.1, 1.8, 2])).toMatchObject({ kind: 'shift' })
    const rising = Array.from({ length: 10 }, (_, row) => 0.4 * row + 0.02 * (row % 2))
    expect(seen(rising)).toMatchObject({ kind: 'trend' })
    const late = faultsOf(judged(rising.slice(3), 23))[0]
    expect(late?.from).toBe(20)
  })

  test('values of one column in the other, and the other way round, are swapped; in one alone they are shifted', () => {
    const high = [10.1, 9.8, 10, 10.2]
    expect(seen(high, 20, [0.1, -0.2, 0, 0.2])).toEqual({ kind: 'swap', with: 1 })
    expect(seen(high)).toMatchObject({ kind: 'shift' })
  })

  test('what goes up and down in no way of these is nothing', () => {
    expect(seen([3, -3, 2, -2, 3, -1])).toBeUndefined()
  })
})

test('a column that comes round after eight rows has no such rhythm where it stays near its middle', () => {
  const count = 160
  const round = (row: number) => Math.sin((2 * Math.PI * row) / 8)
  const data = Float64Array.from({ length: count }, (_, row) =>
    row >= 80 && row < 92 ? 0.2 * Math.sin(row * row) : round(row),
  )
  const expected = Float64Array.from({ length: count }, (_, row) => round(row))
  const precision = Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 4 : 0))
  const found = faultsOf({
    gaussian: { width: 1, rows: 4, mean: new Float64Array(4), precision },
    series: { width: 1, data, known: new Uint8Array(count).fill(1) },
    ...{ expected, spans: [{ column: 0, from: 80, to: 92, most: 30 }] },
    exchanged: () => new Float64Array(),
  })
  expect(found[0]?.fault).toEqual({ kind: 'rhythm', period: 8 })
})
