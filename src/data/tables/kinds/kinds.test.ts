/** What each kind does to its cells: known values, and that cells come back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from '../cell.ts'
import { rowDecoder, valueReader } from '../encode.ts'
import { columnOfCells, encodeCells, schemaOfCells, spread, thereAndBack } from '../rows.testing.ts'
import { describeColumn } from '../schema.ts'

const repeat = <T>(times: number, ...cells: T[]): T[] => Array.from({ length: times }, () => cells).flat()

describe('real', () => {
  test('is standardized, and rounded to the decimals seen', async () => {
    const schema = await schemaOfCells(['1.50', '2.50', '3.5', '4.5', ''], { kinds: { x: 'real' } })
    expect(schema.columns[0]).toEqual({
      ...{ name: 'x', kind: 'real', missing: 0.2, reason: 'said so' },
      ...{ transform: { name: 'none' }, center: 3, scale: Math.sqrt(1.25), decimals: 1, low: 1.5, high: 4.5 },
      form: { name: 'decimal', point: '.', decimals: 1 },
    })
    const spreadOut = Math.fround(1.5 / Math.sqrt(1.25))
    expect([...encodeCells(schema, ['1.5', 3, null])]).toEqual([-spreadOut, 1, 0, 1, 0, 0])
    expect(rowDecoder(schema)(Float64Array.of(0.01, 1, 9, 1, 9, 0))).toEqual([['3.0'], ['13.1'], [null]])
    expect(rowDecoder(schema, { clip: true })(Float64Array.of(9, 1, -9, 1))).toEqual([['4.5'], ['1.5']])
    expect(describeColumn(schema.columns[0])).toBe('standardized')
  })

  test('of one value is only shifted', async () => {
    const schema = await schemaOfCells([7, 7, 7], { kinds: { x: 'real' } })
    expect([...encodeCells(schema, [7, 8])]).toEqual([0, 1, 1, 1])
  })

  test('encodes any number as a finite one, whose square is finite, too', async () => {
    const schema = await schemaOfCells([0, 1e-9, 2e-9, 3e-9])
    const [value] = encodeCells(schema, [1e150])
    expect(Number.isFinite(Math.fround(value * value))).toBe(true)
    expect(thereAndBack(schema, [-0])).toEqual([0])
  })

  test('says what is done to it', async () => {
    const skewed = spread(300, (share) => share ** -2)
    expect(describeColumn(await columnOfCells(skewed))).toBe('standardized after log(x)')
    const heavy = spread(300, (share) => Math.tan(Math.PI * (share - 0.5)))
    expect(describeColumn(await columnOfCells(heavy))).toBe(
      'standardized after normal scores, with logarithms in the tails',
    )
  })

  test.each<[string, number, (row: number) => Cell]>([
    ['decades', 10, (row) => `${1950 + 10 * (row % 8)}s`],
    ['whole minutes', 60, (row) => `${row % 50}:${10 + (row % 40)}:00`],
    ['halves from a quarter on', 0.5, (row) => 0.25 + (row % 30) / 2],
  ])('%s stay what they are, and what is made is as they are', async (_, step, of) => {
    const cells = Array.from({ length: 90 }, (_, row) => of(row))
    const schema = await schemaOfCells(cells, { kinds: { x: 'real' } })
    expect(thereAndBack(schema, cells)).toEqual(cells)
    const made = Float64Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? at / 20 - 2 : 1))
    const value = valueReader(schema.columns[0])!
    const [low] = cells.map(value).sort((a, b) => a - b)
    const found = rowDecoder(schema, { clip: true })(made).map(([cell]) => value(cell) - low)
    expect(new Set(found).size).toBeGreaterThan(4)
    for (const above of found) expect(above % step).toBe(0)
  })

  test('a few numbers that lie on a grid by chance have none', async () => {
    expect(await columnOfCells([2, 4, 8, 16, 4, 2], { kinds: { x: 'real' } })).not.toHaveProperty('step')
  })

  test('numbers come back, with any transform', async () => {
    const columns = [
      spread(200, (share) => share),
      spread(200, (share) => Math.round(1e4 * share ** -0.7) / 100),
      spread(200, (share) => Math.tan(Math.PI * (share - 0.5))),
    ]
    const schemas = await Promise.all(columns.map((cells) => schemaOfCells(cells)))
    const cell = fc.option(fc.double({ min: 0.01, max: 300, noNaN: true }))
    fc.assert(
      fc.property(fc.constantFrom(...schemas), fc.array(cell), (schema, cells) => {
        const back = thereAndBack(schema, cells)
        for (const [at, value] of cells.entries())
          if (value === null) expect(back[at]).toBeNull()
          else expect(Math.abs((back[at] as number) - value)).toBeLessThan(0.006 + 1e-4 * value)
      }),
    )
  })
})

describe('count', () => {
  const cells = ['0', '1', '0', '2', '1', '0', '3', '1', '0', '1']

  test('is as it is, and comes back whole and not negative', async () => {
    const schema = await schemaOfCells(cells, { kinds: { x: 'count' } })
    expect(schema.columns[0]).toMatchObject({ kind: 'count', low: 0, high: 3 })
    expect([...encodeCells(schema, ['2', 7, 'NA'])]).toEqual([2, 1, 7, 1, 0, 0])
    expect(rowDecoder(schema)(Float64Array.of(-0.7, 1, 1.6, 1, 8.2, 1))).toEqual([[0], [2], [8]])
    expect(rowDecoder(schema, { clip: true })(Float64Array.of(8.2, 1))).toEqual([[3]])
    expect(describeColumn(schema.columns[0])).toBe('a count as it is (0 to 3 seen)')
  })

  test.each([['1.5'], ['-1'], ['many']])('refuses %s', async (cell) => {
    const schema = await schemaOfCells(cells, { kinds: { x: 'count' } })
    expect(() => encodeCells(schema, [cell], { unseen: 'error' })).toThrow(
      `"${cell}" in row 1, column "x"; wanted a whole number from 0 on.`,
    )
  })
})

describe('binary', () => {
  test.each<[string, Cell[], Cell[]]>([
    ['texts', ['yes', 'no', ' yes'], ['no', 'yes']],
    ['numbers as texts', ['2', '1', '1.0'], [1, 2]],
    ['booleans', [true, false, 'true'], [false, true]],
    ['numbers that are not whole', [0.5, 2.5, 0.5], [0.5, 2.5]],
    ['texts of digits', ['02', '1', '02'], ['02', '1']],
  ])('of %s keeps the two as they are', async (_, cells, [none, one]) => {
    const schema = await schemaOfCells(repeat(2, ...cells))
    expect(schema.columns[0]).toMatchObject({ kind: 'binary', levels: [none, one] })
    expect([...encodeCells(schema, [none, one, null])]).toEqual([0, 1, 1, 1, 0, 0])
    expect(thereAndBack(schema, [one, null, none])).toEqual([one, null, none])
  })

  test('reads one half as the second', async () => {
    const schema = await schemaOfCells(['a', 'b', 'a'])
    expect(rowDecoder(schema)(Float32Array.of(0.49, 1, 0.5, 1))).toEqual([['a'], ['b']])
    expect(describeColumn(schema.columns[0])).toBe('0 for a, 1 for b')
  })
})

describe('categorical', () => {
  const cells = [...repeat(200, 'red', 'green'), ...repeat(50, 'blue'), 'pink', 'gray']

  test('has a slot for each level, and one for the rare and unseen', async () => {
    const schema = await schemaOfCells(cells)
    expect(schema.columns[0]).toMatchObject({
      ...{ kind: 'categorical', levels: ['blue', 'green', 'red'], other: 'other', merged: 2 },
      reason: '5 different values',
    })
    expect([...encodeCells(schema, ['green', 'gray', 'mauve', ''])]).toEqual([
      ...[0, 1, 0, 0, 1],
      ...[0, 0, 0, 1, 1],
      ...[0, 0, 0, 1, 1],
      ...[0, 0, 0, 0, 0],
    ])
    expect(rowDecoder(schema)(Float64Array.of(0.1, 0.3, 0.4, 0.2, 1))).toEqual([['red']])
    expect(describeColumn(schema.columns[0])).toBe(
      'one of 3 levels (blue, green, red); 2 rare ones merged into "other"',
    )
  })

  test('gives the rare a name that is no level yet', async () => {
    expect(await columnOfCells([...cells, ...repeat(50, 'other')])).toMatchObject({ other: 'other_' })
  })

  test('takes codes where somebody says so', async () => {
    const codes = repeat(20, '1', '2', '10')
    expect(await columnOfCells(codes)).toMatchObject({ kind: 'real' })
    expect(await columnOfCells(codes, { kinds: { x: 'categorical' } })).toMatchObject({
      levels: [1, 2, 10],
      merged: 0,
    })
  })

  test('keeps the 63 commonest', async () => {
    const many = Array.from({ length: 100 }, (_, level) => repeat(100 - level, `level ${level}`)).flat()
    const column = await columnOfCells(many)
    expect(column).toMatchObject({ kind: 'categorical', other: 'other', merged: 37 })
    expect(column.kind === 'categorical' && column.levels).toHaveLength(63)
  })

  test('levels come back', async () => {
    const level = fc.constantFrom('a', 'b', 'c', ' d ', 'é', '0x1')
    const schema = await schemaOfCells(repeat(9, 'a', 'b', 'c', ' d ', 'é', '0x1'))
    fc.assert(
      fc.property(fc.array(fc.option(level)), (levels) => {
        expect(thereAndBack(schema, levels)).toEqual(levels.map((cell) => cell?.trim() ?? null))
      }),
    )
  })
})

describe('ordinal', () => {
  const cells = repeat(5, 'high', 'Low', 'medium', 'medium')

  test('is the standardized rank of words that have an order', async () => {
    const schema = await schemaOfCells(cells)
    expect(schema.columns[0]).toMatchObject({
      ...{ kind: 'ordinal', levels: ['Low', 'medium', 'high'], center: 1, scale: Math.SQRT1_2 },
      reason: 'words with an order: Low < medium < high',
    })
    expect([...encodeCells(schema, ['high', 'medium', null])]).toEqual([
      Math.fround(Math.SQRT2),
      1,
      0,
      1,
      0,
      0,
    ])
    expect(rowDecoder(schema)(Float64Array.of(-9, 1, 0.6, 1, 0.8, 1))).toEqual([
      ['Low'],
      ['medium'],
      ['high'],
    ])
    expect(thereAndBack(schema, [...cells, null])).toEqual([...cells, null])
    expect(describeColumn(schema.columns[0])).toBe('standardized rank of Low < medium < high')
  })

  test('takes the order that is told, and that of numbers', async () => {
    const told = { kind: 'ordinal', levels: ['c', 'a', 'b'] } as const
    expect(await columnOfCells(['a', 'b', 'c', 'a'], { kinds: { x: told } })).toMatchObject({
      levels: ['c', 'a', 'b'],
    })
    expect(await columnOfCells(['3', '1', '10', '1'], { kinds: { x: 'ordinal' } })).toMatchObject({
      levels: [1, 3, 10],
    })
  })
})

describe('datetime', () => {
  const days = Array.from({ length: 400 }, (_, day) =>
    new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10),
  )

  test('is standardized time, and the phases that vary', async () => {
    const schema = await schemaOfCells(days)
    const [column] = schema.columns
    expect(column).toMatchObject({ kind: 'datetime', cycles: ['weekday', 'year'] })
    expect(describeColumn(column)).toBe(
      'standardized time, with weekday and day of the year as sine and cosine',
    )
    // Monday, 1 January 2024: the phases of week and year begin.
    const [, ...cycles] = encodeCells(schema, ['2024-01-01'])
    expect(cycles).toEqual([0, Math.fround(Math.SQRT2), 0, Math.fround(Math.SQRT2), 1])
    expect(thereAndBack(schema, [...days, ''])).toEqual([...days, null])
  })

  test('keeps time of day, zone and writing', async () => {
    const times = Array.from(
      { length: 90 },
      (_, i) => `${String(1 + (i % 28)).padStart(2, '0')}.02.2023 ${10 + (i % 9)}:30+01:00`,
    )
    const schema = await schemaOfCells(times)
    expect(schema.columns[0]).toMatchObject({
      format: { pattern: 'DD.MM.YYYY HH:mmZ', order: 'dmy', zone: '+01:00' },
      cycles: ['hour', 'weekday'],
    })
    expect(thereAndBack(schema, times)).toEqual(times)
    const noon = encodeCells(schema, ['05.02.2023 12:00+01:00'])
    expect([...noon.subarray(1, 3)]).toEqual([expect.closeTo(0, 6), Math.fround(-Math.SQRT2)])
  })

  test('holds what it reads in the range seen where asked', async () => {
    const schema = await schemaOfCells(days)
    const far = Float64Array.of(99, 0, 0, 0, 0, 1)
    expect(rowDecoder(schema, { clip: true })(far)).toEqual([[days.at(-1)]])
  })
})
