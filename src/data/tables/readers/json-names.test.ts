import { describe, expect, test } from 'vitest'
import { numbered } from './json-elements.ts'
import { JsonNames } from './json-names.ts'
import type { JsonObject } from './json-object.ts'
import type { ReadTableOptions } from './reader.ts'

const array = (cells: readonly unknown[], line: number): JsonObject => ({
  line,
  fields: numbered(cells),
  isArray: true,
})
const arrays = (...rows: readonly unknown[][]): JsonObject[] => rows.map((cells, at) => array(cells, at + 1))

function read(objects: readonly JsonObject[], options: ReadTableOptions = {}) {
  const notes: string[] = []
  const names = new JsonNames(options, (note) => notes.push(note))
  const rows = [...names.push(objects), ...names.end()]
  return { rows: rows.map(({ fields }) => fields), lines: rows.map(({ line }) => line), notes }
}
const ROWS = Array.from({ length: 20 }, (_, row) => [['Oslo', 'Rome'][row % 2], row, row / 4])

describe('rows that are arrays', () => {
  test('have the names that the first of them has', () => {
    expect(read(arrays(['city', ' n ', 'x'], ...ROWS.slice(0, 2)))).toEqual({
      rows: [
        { city: 'Oslo', n: 0, x: 0 },
        { city: 'Rome', n: 1, x: 0.25 },
      ],
      lines: [2, 3],
      notes: [],
    })
  })

  test('keep numbers where it has none, or one twice, or no more', () => {
    const rows = [
      [1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ]
    expect(read(arrays(['a', 'b', 'a', ''], ...rows), { header: true }).rows[1]).toEqual({
      a: 5,
      b: 6,
      2: 7,
      3: 8,
      4: 9,
    })
    expect(read(arrays(['a', 'a', 'b', '1'], ...rows), { header: true }).rows[1]).toEqual({
      ...{ a: 5, 'column 1': 6, b: 7, 1: 8, 4: 9 },
    })
    expect(read(arrays([1.5, 2.5], [3, 4.25], [5, 6])).rows[0]).toEqual({ 0: 1.5, 1: 2.5 })
    expect(read(arrays(['a', 'b', 'c', 'd'], ...rows), { header: false }).rows).toHaveLength(3)
  })

  test('of names that are no texts have them as JSON', () => {
    expect(read(arrays([{ a: 1 }, true, 7] as unknown[], [1, 2, 3]), { header: true }).rows).toEqual([
      { '{"a":1}': 1, true: 2, 7: 3 },
    ])
  })

  test('lie below titles, and units, which are told of', () => {
    const { rows, lines, notes } = read(arrays(['Sales'], ['city', 'n', 'x'], ['', 'count', 'kg'], ...ROWS))
    expect(rows).toEqual(ROWS.map(([city, n, x]) => ({ city, n, x })))
    expect(lines[0]).toBe(4)
    expect(notes).toEqual([expect.stringMatching(/^line 3 "count, kg"/)])
  })

  test('lie below two lines of names, the first of which is told of', () => {
    const { rows, notes } = read(arrays(['Oslo', 2021, 2022], ['city', 'n', 'x'], ...ROWS))
    expect(rows).toHaveLength(20)
    expect(notes).toEqual([expect.stringMatching(/^line 1 "Oslo, 2021, 2022"/)])
  })

  test('of which it is in doubt whether the first names them are told of', () => {
    const few = Array.from({ length: 8 }, (_, row) => [row * row, row < 3 ? 0.5 : 7])
    expect(read(arrays(['a', 17], ...few)).notes).toEqual([
      expect.stringMatching(/^the first line is taken for/),
    ])
  })

  test('may have others among them, which have their own names', () => {
    const objects = [...arrays(['a', 'b'], [1, 2]), { line: 3, fields: { x: 1, y: 2 } }]
    expect(read(objects, { header: true }).rows).toEqual([
      { a: 1, b: 2 },
      { x: 1, y: 2 },
    ])
  })
})

describe('rows are waited for', () => {
  const names = (options: ReadTableOptions = {}) => new JsonNames(options, () => undefined)

  test('until there are enough to tell whether the first names the columns, or all have come', () => {
    const waiting = names()
    const [first, ...rows] = arrays(
      ['city', 'n', 'x'],
      ...Array.from({ length: 1000 }, (_, row) => ROWS[row % 20]),
    )
    expect(waiting.push([first, ...rows.slice(0, 998)])).toEqual([])
    expect(waiting.push([rows[998]])).toHaveLength(999)
    // From then on nothing is.
    expect(waiting.push([rows[999]])).toHaveLength(1)
    expect(waiting.end()).toEqual([])
    expect(names().end()).toEqual([])
  })

  test('but not of objects, nor where they are wanted at once', () => {
    const object = { line: 1, fields: { a: 1 } }
    const passing = names()
    expect(passing.push([object])).toEqual([object])
    expect(passing.push([])).toEqual([])
    expect(passing.push(arrays(['a', 'b']))).toEqual(arrays(['a', 'b']))
    expect(
      names({ eager: true, header: true })
        .push(arrays(['a', 'b'], [1, 2]))
        .map(({ fields }) => fields),
    ).toEqual([{ a: 1, b: 2 }])
  })
})
