import { expect, test } from 'vitest'
import { encodedColumns, tableLayout } from './layout.ts'
import { schemaOf } from './rows.testing.ts'

const columns = ['color', 'when', 'weight', 'sick', 'size', 'eggs', 'same', 'age']
const colors = ['red', 'green', 'blue']
const sizes = ['small', 'medium', 'large']
const eggs = [0, 0, 1, 2, 1, 0, 3, 1, 0, 1]
const rows = Array.from({ length: 60 }, (_, i) => [
  colors[i % 3],
  `2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
  Math.sin(i) * 10,
  i % 2 === 0,
  sizes[i % 3],
  eggs[i % 10],
  'always',
  20 + Math.cos(i),
])

test('value slots stand by group, masks behind them', async () => {
  const layout = tableLayout(await schemaOf(columns, rows))
  expect(layout).toEqual({
    width: 18,
    values: 11,
    groups: { real: [0, 6], count: [6, 7], binary: [7, 8], categorical: [{ at: 8, levels: 3 }] },
    columns: [
      { name: 'color', kind: 'categorical', group: 'categorical', slots: [8, 9, 10], mask: 17 },
      { name: 'when', kind: 'datetime', group: 'real', slots: [0, 1, 2], mask: 11 },
      { name: 'weight', kind: 'real', group: 'real', slots: [3], mask: 12 },
      { name: 'sick', kind: 'binary', group: 'binary', slots: [7], mask: 16 },
      { name: 'size', kind: 'ordinal', group: 'real', slots: [4], mask: 13 },
      { name: 'eggs', kind: 'count', group: 'count', slots: [6], mask: 15 },
      { name: 'age', kind: 'real', group: 'real', slots: [5], mask: 14 },
    ],
  })
  expect(encodedColumns(layout).map(({ group, slots }) => `${group} ${slots}`)).toEqual([
    'real 3',
    'real 1',
    'real 1',
    'real 1',
    'count 1',
    'binary 1',
    'categorical 3',
  ])
})

test('a table with nothing to model is refused', async () => {
  const schema = await schemaOf(
    ['a', 'b'],
    [
      [1, null],
      [1, ''],
    ],
  )
  expect(() => tableLayout(schema)).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: nothing to model in "a", "b"; wanted a column whose values differ and recur. Fix: give a table with measurements or levels, or say of which kind a column is. [table/nothing]]`,
  )
  expect(() => tableLayout({ columns: [] })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a table without columns; wanted a column whose values differ and recur. Fix: give a table with measurements or levels, or say of which kind a column is. [table/nothing]]`,
  )
})
