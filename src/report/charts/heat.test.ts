import { expect, test } from 'vitest'
import { heatMap } from './heat.ts'

const chart = (rows: number, full = 4) =>
  heatMap({
    title: 'KL',
    description: 'by epoch',
    xLabel: 'epoch',
    full,
    places: [1, 2, 3],
    rows: Array.from({ length: rows }, (_, i) => ({ name: `z${i}`, values: [0, 1, 4] })),
  }).markup

test('a cell is as full as the root of its share, and there is none for nothing', () => {
  const opacities = [...chart(1).matchAll(/fill-opacity="([^"]*)"/g)].map(([, value]) => value)
  expect(opacities).toEqual(['0.5', '1'])
  expect(chart(1, 1).match(/fill-opacity="1"/g)).toHaveLength(2)
})

test('names as many rows as there is room for, and counts those that are left out', () => {
  const names = (rows: number) => [...chart(rows).matchAll(/>z\d+</g)].length
  expect(names(8)).toBe(8)
  expect(names(64)).toBe(32)
  expect(chart(70)).toContain('and 6 rows more')
  expect(chart(64)).not.toContain('rows more')
})
