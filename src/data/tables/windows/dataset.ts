import { crc32, formatCrc32 } from '../../../base/crc32.ts'
import type { Dataset, KnownColumn } from '../../dataset.ts'
import { tableLayout } from '../layout.ts'
import type { TableSchema } from '../schema.ts'
import { tableDefaults } from '../training-defaults.ts'
import { splitWindows, type WindowPlaces, windowPlaces } from './places.ts'
import { isRegular, type Series } from './series.ts'
import { gather, wideSchema, windowMap } from './wide.ts'
import type { Windows } from './windows.ts'

/** What a model of windows is given beside them: log of the time since the row before, of each of its rows. */
export const ELAPSED = 'time since the row before'

/**
 * Windows of a data set's rows as examples. A window's numbers are gathered when it is read, so that the rows are held
 * once; it is divided by time and by series.
 */
export function windowed(
  rows: Dataset & { readonly table: TableSchema },
  series: Series,
  windows: Windows,
): Dataset & { readonly table: TableSchema } {
  const { labels: _, classes: __, known: ___, ...base } = rows
  const narrow = tableLayout(rows.table)
  const wide = tableLayout(wideSchema(rows.table, windows.rows))
  const map = windowMap(narrow, wide, windows.rows)
  const places = windowPlaces(series, windows)
  const count = places.first.length
  return {
    ...base,
    windows,
    ordered: { rows, series, places },
    count,
    exampleShape: [wide.width],
    async read(indices, into) {
      const spans = spansOf(places, indices)
      const { data } = await rows.read(spans.rows.map((place) => series.rows[place]))
      const size = indices.length * wide.width
      const out = into instanceof Float32Array && into.length === size ? into : new Float32Array(size)
      for (let window = 0; window < indices.length; window++)
        gather(map, { data, width: narrow.width }, spans.of(window), out, window * wide.width)
      return { data: out, shape: [indices.length, wide.width] }
    },
    split: (request) => splitWindows(series, places, windows.rows, request),
    ...(!isRegular(series) && {
      told: [ELAPSED],
      known: { [ELAPSED]: elapsedOf(series, places, windows.rows) },
    }),
    digest: digestOf(rows.digest, series),
    defaults: tableDefaults(count, wide.values),
  }
}

/** The places of all rows of some windows, one window after another. */
function spansOf({ first, last }: WindowPlaces, indices: ArrayLike<number>) {
  const begins = new Uint32Array(indices.length + 1)
  for (let at = 0; at < indices.length; at++)
    begins[at + 1] = begins[at] + last[indices[at]] - first[indices[at]] + 1
  const rows = new Uint32Array(begins[indices.length])
  for (let at = 0; at < indices.length; at++)
    for (let to = begins[at], place = first[indices[at]]; to < begins[at + 1]; to++, place++) rows[to] = place
  return { rows, of: (at: number) => ({ first: begins[at], count: begins[at + 1] - begins[at] }) }
}

/** Times before the rows of windows, of the first row of a series as those of others are on average. */
function elapsedOf({ elapsed }: Series, { first, last }: WindowPlaces, rows: number): KnownColumn {
  const known = elapsed.filter((log) => !Number.isNaN(log))
  const usual = known.reduce((sum, log) => sum + log / known.length, 0)
  return {
    times: rows,
    read(indices) {
      const out = new Float64Array(indices.length * rows).fill(usual)
      for (let at = 0; at < indices.length; at++) {
        const window = indices[at]
        const end = (at + 1) * rows - 1
        for (let place = last[window]; place >= first[window]; place--)
          if (!Number.isNaN(elapsed[place])) out[end - (last[window] - place)] = elapsed[place]
      }
      return out
    },
  }
}

const digestOf = (rows: string | undefined, { rows: order, elapsed, starts }: Series): string =>
  formatCrc32(
    [order, elapsed, starts].reduce(
      (crc, { buffer }) => crc32(new Uint8Array(buffer), crc),
      crc32(new TextEncoder().encode(rows ?? ''), 0),
    ),
  )
