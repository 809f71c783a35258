import { describe, expect, test } from 'vitest'
import { encodedTable } from '../dataset.ts'
import { heldRows } from '../row-store.ts'
import { tableOf } from '../rows.ts'
import { orderedTable } from './ordered.ts'
import { windowsOf } from './ordering.ts'
import { splitWindows, windowPlaces } from './places.ts'
import { seriesOf } from './series.ts'

const rowsOf = (places: { first: Uint32Array; last: Uint32Array }, chosen: Uint32Array): Set<number> =>
  new Set(
    [...chosen].flatMap((window) =>
      Array.from(
        { length: places.last[window] - places.first[window] + 1 },
        (_, row) => places.first[window] + row,
      ),
    ),
  )

describe('series', () => {
  test('rows come by group and time, and rows of one time stay as they were', () => {
    const times = Float64Array.of(3, 1, 2, 2, 0)
    const groups = Uint32Array.of(0, 0, 1, 1, 0)
    const { rows, starts, elapsed } = seriesOf({ times, groups })
    expect([...rows]).toEqual([4, 1, 0, 2, 3])
    expect([...starts]).toEqual([0, 3, 5])
    expect([...elapsed].map((log) => Math.exp(log).toFixed(4))).toEqual([
      'NaN',
      '1.0000',
      '2.0000',
      'NaN',
      '0.0020',
    ])
  })
})

describe('windows', () => {
  const starts = Uint32Array.of(0, 100, 104, 300)
  const places = windowPlaces({ starts }, { rows: 10, stride: 3 })

  test('never cross series, and every row is in one', () => {
    for (let window = 0; window < places.first.length; window++) {
      const own = places.series[window]
      expect(places.first[window]).toBeGreaterThanOrEqual(starts[own])
      expect(places.last[window]).toBeLessThan(starts[own + 1])
    }
    expect(rowsOf(places, Uint32Array.from(places.first.keys())).size).toBe(300)
  })

  test.each([
    ['last stretches', Uint32Array.of(0, 400, 900)],
    ['whole series, where stretches would be short', Uint32Array.from({ length: 21 }, (_, at) => at * 40)],
  ])('parts share no row and keep to the order of time: %s', (_, own) => {
    const all = windowPlaces({ starts: own }, { rows: 10, stride: 1 })
    const request = { count: all.first.length, validation: 0.2, test: 0.1, seed: 3 }
    const split = splitWindows({ starts: own }, all, 10, request)
    const [train, validation, tested] = [split.train, split.validation, split.test].map((part) =>
      rowsOf(all, part),
    )
    expect(validation.size).toBeGreaterThanOrEqual(0.15 * own[own.length - 1])
    expect(tested.size).toBeGreaterThanOrEqual(0.05 * own[own.length - 1])
    for (const row of train) expect(validation.has(row) || tested.has(row)).toBe(false)
    for (const row of validation) expect(tested.has(row)).toBe(false)
    if (own.length > 4) return
    for (let series = 0; series + 1 < own.length; series++) {
      const within = (rows: Set<number>) =>
        [...rows].filter((row) => row >= own[series] && row < own[series + 1])
      expect(Math.max(...within(train))).toBeLessThan(Math.min(...within(validation)))
      expect(Math.max(...within(validation))).toBeLessThan(Math.min(...within(tested)))
    }
  })

  test('a stride longer than a window would leave rows out', () => {
    expect(() => windowsOf({ order: 't', rows: 4, stride: 5 })).toThrow(/--stride 4/)
  })
})

describe('a table of windows', () => {
  const table = () =>
    tableOf(
      Array.from({ length: 60 }, (_, row) => ({
        t: 60 - row + (row % 7 === 3 ? 0.4 : 0),
        machine: row % 2 ? 'a' : 'b',
        x: row === 21 ? null : Math.sin(row) + row / 10,
        level: ['fern', 'moss', 'reed'][row % 3],
      })),
      'series',
    )
  const open = () =>
    encodedTable(table(), heldRows, {
      ordering: orderedTable({ order: 't', group: 'machine', rows: 5 }),
      kinds: { x: 'real' },
    })

  test('is gathered from rows as they stand in their order, oldest first', async () => {
    const windows = await open()
    const { ordered } = windows
    if (!ordered) throw new Error('no order')
    expect(windows.table.columns.map(({ name }) => name)).toEqual(['x', 'level'])
    expect(windows.exampleShape).toEqual([5 * ordered.rows.exampleShape[0]])
    const { data } = await windows.read(Uint32Array.of(7))
    const last = ordered.places.last[7]
    const rows = await ordered.rows.read(ordered.series.rows.slice(last - 4, last + 1))
    // x is the first number of a row and the first five of a window; its mask is the fifth, and the twenty-first.
    const [width] = ordered.rows.exampleShape
    for (let row = 0; row < 5; row++) {
      expect(data[row]).toBe(rows.data[row * width])
      expect(data[20 + row]).toBe(rows.data[row * width + 4])
      for (let level = 0; level < 3; level++)
        expect(data[5 + 3 * row + level]).toBe(rows.data[row * width + 1 + level])
    }
  })

  test('tells a model how much time passed, where that is not always the same', async () => {
    const windows = await open()
    expect(windows.told).toEqual(['time since the row before'])
    const { elapsed } = windows.ordered!.series
    const own = windows.known!['time since the row before'].read([3])
    const last = windows.ordered!.places.last[3]
    expect([...own.slice(1)]).toEqual([...elapsed.slice(last - 3, last + 1)])
    expect(elapsed.filter((log) => Number.isNaN(log))).toHaveLength(2)
  })
})
