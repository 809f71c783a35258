/** What cells cost alone: probabilities that add up to 1, and what is common costs little. */
import { expect, test } from 'vitest'
import { tableDataset } from '../../data/tables/dataset.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import { tableOf } from '../../data/tables/rows.ts'
import { nodeEngines, openEngine, train } from '../../inside.node.ts'
import { modelParts } from '../../recipe/trained.ts'
import { aloneNats } from './alone.ts'

const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })
const rows = Array.from({ length: 400 }, (_, i) => ({
  size: Math.sin(i * 12.9898) * 3 + (i % 7) / 3,
  visits: [0, 1, 1, 2, 2, 3, 0, 1, 5, 2][i % 10],
  paid: i % 4 === 0 ? 'yes' : 'no',
  color: ['red', 'red', 'red', 'green', 'blue'][(i * 3) % 5],
}))
const dataset = await tableDataset(tableOf(rows, 'shop'), { kinds: { visits: 'count' } })
const layout = tableLayout(dataset.table)
const { trained } = await train({ data: { source: 'shop' }, training: { steps: 300 } }, { engine, dataset })
const nats = await aloneNats(engine, modelParts(trained), layout)
const place = (name: string) => layout.columns.findIndex((column) => column.name === name)

/** An encoded row in which one column has these numbers. */
function rowWith(name: string, numbers: readonly number[], mask: number): Float32Array {
  const row = new Float32Array(layout.width)
  const { slots, mask: at } = layout.columns[place(name)]
  for (const [i, slot] of slots.entries()) row[slot] = numbers[i]
  row[at] = mask
  return row
}
function cost(name: string, numbers: readonly number[], mask = 1): number {
  const out = new Float64Array(layout.columns.length)
  nats(rowWith(name, numbers, mask), out)
  return out[place(name)]
}

test('columns are of the kinds meant here', () => {
  expect(layout.columns.map(({ group }) => group)).toEqual(['real', 'count', 'binary', 'categorical'])
})

test('levels have probabilities that add up to 1, near their shares', () => {
  const colors = [0, 1, 2].map((at) =>
    Math.exp(
      -cost(
        'color',
        [0, 1, 2].map((i) => (i === at ? 1 : 0)),
      ),
    ),
  )
  expect(colors.reduce((sum, p) => sum + p)).toBeCloseTo(1, 5)
  expect(Math.max(...colors)).toBeGreaterThan(0.45)
  const paid = [0, 1].map((x) => Math.exp(-cost('paid', [x])))
  expect(paid[0] + paid[1]).toBeCloseTo(1, 6)
  expect(Math.min(...paid)).toBeCloseTo(0.25, 1)
})

test('counts have probabilities that add up to 1, and many cost more', () => {
  const all = Array.from({ length: 400 }, (_, count) => cost('visits', [count]))
  expect(all.reduce((sum, own) => sum + Math.exp(-own), 0)).toBeCloseTo(1, 4)
  expect(all[40]).toBeGreaterThan(all[2] + 5)
})

test('a number costs more the farther it is from its column’s middle, and a missing cell nothing', () => {
  const steps = [0, 1, 3, 9, 81].map((x) => cost('size', [x]))
  expect(steps).toEqual([...steps].sort((a, b) => a - b))
  expect(steps[4] - steps[3]).toBeCloseTo(5 * Math.log(9), 0)
  expect(cost('size', [81], 0)).toBe(0)
})
