/** The last rows of each of many series, which is all that is held of what came in. */
import type { NDArray } from '../../../base/arrays.ts'
import { fail } from '../../../base/errors.ts'
import type { RecentRows } from '../../../statistics/series/newest-evidence.ts'

/** The last rows of one series. */
export interface HeldSeries {
  /** Numbers that a Gaussian looks at. */
  readonly recent: RecentRows
  /** Encoded rows, the oldest first, and log of the time before each, where a model looks at them. */
  readonly rows: Float32Array
  readonly elapsed: Float32Array
  count: number
  /** When the last one was; NaN before there is one. */
  time: number
}

/** How much is held of one series. */
export interface HeldShape {
  /** Rows before the newest that a Gaussian looks at, and numbers of each. */
  readonly recent: readonly [rows: number, width: number]
  /** Rows that a model looks at, the newest among them, and numbers of each; none where it is not asked. */
  readonly encoded: readonly [rows: number, width: number]
}

/** What is held, as arrays that can be written down: of each series a row. */
export interface SavedSeries {
  readonly names: readonly string[]
  readonly tensors: Readonly<Record<string, NDArray>>
}

/** Numbers that are held of all series together, at most: 128 MB of them. */
const MOST_NUMBERS = 2 ** 24
/** Series that are held at most, however short their windows are. */
const MOST_SERIES = 10_000

export function newSeries({ recent: [rows, width], encoded: [long, wide] }: HeldShape): HeldSeries {
  return {
    recent: { data: new Float64Array(rows * width), believed: new Uint8Array(rows * width), count: 0 },
    rows: new Float32Array(long * wide),
    elapsed: new Float32Array(long),
    ...{ count: 0, time: Number.NaN },
  }
}

/** Holds the series that had rows last; what had none for longest is let go where there are too many. */
export class SeriesHeld {
  /** Series that were let go; rows of theirs that come later begin them anew. */
  dropped = 0
  readonly most: number
  readonly #shape: HeldShape
  readonly #series = new Map<string, HeldSeries>()

  constructor(shape: HeldShape, saved?: SavedSeries) {
    this.#shape = shape
    const [recent, encoded] = [shape.recent, shape.encoded].map(([rows, width]) => rows * width)
    this.most = Math.max(1, Math.min(MOST_SERIES, Math.floor(MOST_NUMBERS / Math.max(recent + encoded, 1))))
    if (saved) this.#restore(saved)
  }

  of(name: string): HeldSeries {
    const series = this.#series.get(name) ?? newSeries(this.#shape)
    // What comes last in a map is what was put there last.
    this.#series.delete(name)
    this.#series.set(name, series)
    if (this.#series.size > this.most) {
      const [oldest] = this.#series.keys()
      this.#series.delete(oldest)
      this.dropped++
    }
    return series
  }

  saved(): SavedSeries {
    const all = [...this.#series.values()]
    const [recentRows, width] = this.#shape.recent
    const [rows, wide] = this.#shape.encoded
    const joined = <Numbers extends Float32Array | Float64Array | Uint8Array>(
      out: Numbers,
      each: (series: HeldSeries) => Numbers,
    ): Numbers => {
      all.forEach((series, at) => {
        out.set(each(series), (at * out.length) / all.length)
      })
      return out
    }
    const [recent, encoded] = [all.length * recentRows * width, all.length * rows * wide]
    return {
      names: [...this.#series.keys()],
      tensors: {
        numbers: { data: joined(new Float64Array(recent), (own) => own.recent.data), shape: [recent] },
        believed: { data: joined(new Uint8Array(recent), (own) => own.recent.believed), shape: [recent] },
        rows: { data: joined(new Float32Array(encoded), (own) => own.rows), shape: [encoded] },
        elapsed: {
          data: joined(new Float32Array(all.length * rows), (own) => own.elapsed),
          shape: [all.length * rows],
        },
        counts: {
          data: Float64Array.from(all.flatMap((own) => [own.recent.count, own.count, own.time])),
          shape: [all.length * 3],
        },
      },
    }
  }

  #restore({ names, tensors }: SavedSeries): void {
    const { numbers, believed, rows, elapsed, counts } = tensors
    const isWhole = [numbers, believed, rows, elapsed, counts].every((tensor) => tensor !== undefined)
    if (!isWhole || counts.data.length !== 3 * names.length) refuseSaved()
    names.forEach((name, at) => {
      const series = newSeries(this.#shape)
      const part = ({ data }: NDArray, into: Float32Array | Float64Array | Uint8Array) => {
        if (data.length !== names.length * into.length) refuseSaved()
        into.set((data as Float64Array).subarray(at * into.length, (at + 1) * into.length))
      }
      part(numbers, series.recent.data)
      part(believed, series.recent.believed)
      part(rows, series.rows)
      part(elapsed, series.elapsed)
      series.recent.count = counts.data[3 * at]
      series.count = counts.data[3 * at + 1]
      series.time = counts.data[3 * at + 2]
      this.#series.set(name, series)
    })
  }
}

/** Error, usage: `live/state`. */
export const refuseSaved = (): never =>
  fail({
    code: 'live/state',
    seen: 'rows held of series that are no windows of this model',
    wanted: 'the state that a scoring by the same run left',
    fix: 'begin anew, with another state file',
    usage: true,
  })
