import { expect, test } from 'vitest'
import { cellReader } from '../../data/tables/encode.ts'
import { inferSchema } from '../../data/tables/infer-schema.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import { tableOf } from '../../data/tables/rows.ts'
import { drawnIntervals, intervalCells } from './intervals.ts'

test('ends are quantiles of draws, of numbers that were missing alone', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => ({ heat: at / 4, valve: at % 3 ? 'open' : 'shut' }))
  const schema = await inferSchema(tableOf(rows, 'rows').chunks())
  const layout = tableLayout(schema)
  const [heat] = layout.columns
  const given = new Float32Array(2 * layout.width)
  given[heat.mask] = 1
  const samples = Array.from({ length: 101 }, (_, draw) => {
    const own = given.slice()
    own[layout.width + heat.slots[0]] = (100 - draw) / 100
    return own
  })
  const { low, high } = drawnIntervals(samples, given, layout, 0.8)
  expect(low[layout.width + heat.slots[0]]).toBeCloseTo(0.1)
  expect(high[layout.width + heat.slots[0]]).toBeCloseTo(0.9)
  const cells = intervalCells({ low, high }, given, layout, cellReader(schema))
  expect(cells.low[0]).toEqual([null, null])
  expect(cells.high[1][1]).toBeNull()
  expect(Number(cells.high[1][0])).toBeGreaterThan(Number(cells.low[1][0]))
})
