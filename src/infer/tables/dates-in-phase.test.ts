import { expect, test } from 'vitest'
import { rowDecoder, rowEncoder } from '../../data/tables/encode.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import { schemaOf } from '../../data/tables/rows.testing.ts'
import { datesInPhase } from './dates-in-phase.ts'

const days = Array.from({ length: 1200 }, (_, day) =>
  new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10),
)

test('a date that is drawn far from its season is moved there, within what was seen', async () => {
  const schema = await schemaOf(
    ['day'],
    days.map((day) => [day]),
  )
  const layout = tableLayout(schema)
  const rows = rowEncoder(schema)({ columns: ['day'], first: 0, rows: days.map((day) => [day]) })
  const [{ slots }] = layout.columns
  const time = slots[0]
  // A deviation is 346 days: times are off by a fifth of a year, seasons are known.
  const drawn = rows.map((value, at) => (at % layout.width === time ? value + 0.2 * Math.sin(at) : value))
  const known = Float32Array.from(slots, (slot) => (slot === time ? 0.2 : 0.01))
  const moved = drawn.slice()
  datesInPhase(schema, layout, known)(moved)
  const read = rowDecoder(schema)
  const off = (of: Float32Array) =>
    Math.max(
      ...read(of).map(
        ([cell], row) => Math.abs(Date.parse(String(cell)) - Date.parse(days[row])) / 86_400_000,
      ),
    )
  expect(off(drawn)).toBeGreaterThan(60)
  expect(off(moved)).toBeLessThanOrEqual(1)
  // Where seasons are known less than times, times stay.
  const still = drawn.slice()
  datesInPhase(
    schema,
    layout,
    Float32Array.from(slots, (slot) => (slot === time ? 0.0001 : 0.2)),
  )(still)
  expect(off(still)).toBeCloseTo(off(drawn), 5)
})
