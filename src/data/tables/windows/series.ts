/** The rows of a table in their order, group by group. */
import { fail } from '../../../base/errors.ts'
import type { Cell, TableChunk } from '../cell.ts'
import { columnList } from '../chunk-checks.ts'
import { cellsOfColumn } from '../chunk-columns.ts'
import { columnNames } from '../column-names.ts'
import { valueReader } from '../encode.ts'
import { numberOf } from '../number-text.ts'
import { refuseOrder } from './ordering.ts'
import type { Windows } from './windows.ts'

/** Rows of a table, one series after another, each in its order; a row's place is where it stands there. */
export interface Series {
  /** The number of the row at each place. */
  readonly rows: Uint32Array
  /** The first place of each series, and after them the number of all places. */
  readonly starts: Uint32Array
  /** log of the time since the row before, by place; NaN of the first of a series. */
  readonly elapsed: Float32Array
}

/** Where rows stand: when, and the number of their series. */
export interface Standing {
  readonly times: Float64Array
  readonly groups: Uint32Array
}

/** Two rows of one moment are as far apart as this share of the usual distance. */
export const AT_ONCE = 1e-3

/** Rows by series and time; of rows of one time the first stays first. */
export function seriesOf({ times, groups }: Standing): Series {
  const count = times.length
  const order = Array.from({ length: count }, (_, row) => row)
  order.sort((a, b) => groups[a] - groups[b] || times[a] - times[b] || a - b)
  const rows = Uint32Array.from(order)
  const starts: number[] = []
  const gaps = new Float64Array(count).fill(Number.NaN)
  for (let place = 0; place < count; place++)
    if (place === 0 || groups[rows[place]] !== groups[rows[place - 1]]) starts.push(place)
    else gaps[place] = times[rows[place]] - times[rows[place - 1]]
  return { rows, starts: Uint32Array.of(...starts, count), elapsed: logOf(gaps) }
}

function logOf(gaps: Float64Array): Float32Array {
  const known = gaps.filter((gap) => gap > 0)
  const least = AT_ONCE * (known.length > 0 ? known.toSorted()[known.length >> 1] : 1)
  return Float32Array.from(gaps, (gap) => (Number.isNaN(gap) ? gap : Math.log(Math.max(gap, least))))
}

/** Whether rows come as a clock ticks, so that the time between them says nothing. */
export function isRegular({ elapsed }: Pick<Series, 'elapsed'>): boolean {
  const known = elapsed.filter((log) => !Number.isNaN(log))
  if (known.length === 0) return true
  const middle = known.toSorted()[known.length >> 1]
  return known.every((log) => Math.abs(log - middle) < JITTER)
}

/** Deviations of a clock that are none, as a share. */
const JITTER = 0.02

/** Reads when rows were, NaN where that cannot be read, and the cells that say whose they are. */
export function whenAndWhose({ order, group, schema }: Windows) {
  const [column] = schema?.columns ?? []
  const value = (column && valueReader(column)) ?? numberOf
  return (
    chunk: TableChunk,
  ): { readonly times: Float64Array; readonly whose: readonly string[] | undefined } => ({
    times: Float64Array.from(cellsNamed(chunk, order), (cell) => (cell === null ? Number.NaN : value(cell))),
    whose:
      group === undefined
        ? undefined
        : cellsNamed(chunk, group).map((cell) => (cell === null ? '' : String(cell))),
  })
}

/** Reads where the rows of chunks stand, which come in any order; a row whose time cannot be read stands with the one before. */
export function standingReader(windows: Windows) {
  const read = whenAndWhose(windows)
  const known = new Map<string, number>()
  /** The time of the last row of each series. */
  const last: number[] = []
  const number = (name: string): number => {
    const own = known.get(name) ?? known.size
    known.set(name, own)
    return own
  }
  return (chunk: TableChunk): Standing & { readonly unread: number } => {
    const { times: when, whose } = read(chunk)
    const [times, groups] = [new Float64Array(when.length), new Uint32Array(when.length)]
    let unread = 0
    for (let row = 0; row < when.length; row++) {
      const own = whose ? number(whose[row]) : 0
      const time = when[row]
      if (Number.isNaN(time)) unread++
      times[row] = Number.isNaN(time) ? (last[own] ?? 0) : time
      groups[row] = own
      last[own] = times[row]
    }
    return { times, groups, unread }
  }
}

function cellsNamed(chunk: TableChunk, name: string): readonly Cell[] {
  const columns = columnNames(chunk.columns)
  const place = columns.indexOf(name)
  if (place < 0)
    fail({
      code: 'table/columns',
      seen: `no column ${columnList([name])} among ${columnList(columns)}`,
      wanted: 'the column that says when, or whose, a row is',
      fix: 'name columns as the table does',
      usage: true,
    })
  return cellsOfColumn(chunk, place)
}

/** Collects where all rows of a table stand. */
export function seriesCollector(windows: Windows) {
  const read = standingReader(windows)
  const collected: Standing[] = []
  let [rows, unread] = [0, 0]
  return {
    add(chunk: TableChunk): void {
      const standing = read(chunk)
      rows += standing.times.length
      unread += standing.unread
      collected.push(standing)
    },
    /** Error: `table/order` where most rows do not say when they were. */
    series(): Series {
      if (2 * unread > rows) refuseOrder(windows.order, 'whose cells are no times or numbers in most rows')
      const times = new Float64Array(rows)
      const groups = new Uint32Array(rows)
      let at = 0
      for (const standing of collected) {
        times.set(standing.times, at)
        groups.set(standing.groups, at)
        at += standing.times.length
      }
      return seriesOf({ times, groups })
    },
  }
}
