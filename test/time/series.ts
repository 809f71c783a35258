/** Series of sensors with a daily rhythm, and faults planted into them: the truth that tests and comparisons judge by. */
import { fillUniform, streamOf } from '../../src/base/random.ts'

export const COLUMNS = ['flow', 'supply', 'return', 'power', 'drift'] as const
export type Column = (typeof COLUMNS)[number]
/** Rows of a day. */
export const DAY = 48

export const KINDS = ['spike', 'stuck', 'rhythm', 'shift', 'swap'] as const
/** The same and a sensor that slowly goes astray. */
export const ALL_KINDS = [...KINDS, 'trend'] as const
export interface Fault {
  readonly kind: (typeof ALL_KINDS)[number]
  readonly columns: readonly Column[]
  /** Rows from the first to before the last. */
  readonly from: number
  readonly to: number
}

const stream = streamOf('test-series')

/** Normal and uniform numbers in a fixed order. */
function chance(seed: number) {
  let step = 0
  const buffer = new Float32Array(2)
  const pair = () => {
    fillUniform(buffer, { seed, stream, step: step++ })
    return [Math.max(buffer[0], 1e-7), buffer[1]] as const
  }
  return {
    uniform: () => pair()[1],
    normal() {
      const [a, b] = pair()
      return Math.sqrt(-2 * Math.log(a)) * Math.cos(2 * Math.PI * b)
    },
  }
}

/** A first-order autoregression of unit variance. */
const walk = (coefficient: number, normal: () => number) => {
  let x = normal()
  return () => {
    x = coefficient * x + Math.sqrt(1 - coefficient ** 2) * normal()
    return x
  }
}

/** Half of the way from a sensor's usual low to its usual high. */
const SWING: Readonly<Record<Column, number>> = { flow: 2.2, supply: 4.1, return: 3.1, power: 1, drift: 6 }
const NOISE = 0.05

/**
 * Five sensors: three follow the day and a common load, each in its way, of which two are temperatures; `power` follows
 * the load, and `drift` has a rhythm of its own, which nothing else tells. Each has autoregressive noise of a twentieth of
 * its swing.
 */
export function normalSeries(rows: number, seed: number): number[][] {
  const { normal, uniform } = chance(seed)
  const load = walk(0.95, normal)
  const noises = COLUMNS.map(() => walk(0.5, normal))
  const phase = 2 * Math.PI * uniform()
  return Array.from({ length: rows }, (_, row) => {
    const day = (2 * Math.PI * row) / DAY
    const common = load()
    const clean = [
      10 + 2 * Math.sin(day) + 0.8 * common,
      20 + 4 * Math.cos(day) + 0.6 * Math.cos(2 * day) + 0.5 * common,
      18 + 3 * Math.cos(day - 0.7) - 0.9 * common,
      3 + 0.9 * common + 0.5 * Math.sin(day + 0.4),
      50 + 6 * Math.sin((day * DAY) / 19 + phase),
    ]
    return clean.map((x, column) => x + NOISE * SWING[COLUMNS[column]] * noises[column]())
  })
}

/** The same with two faults of each kind, far from each other. */
export function faultySeries(
  rows: number,
  seed: number,
  kinds: readonly Fault['kind'][] = KINDS,
): { readonly rows: number[][]; readonly faults: Fault[] } {
  const series = normalSeries(rows, seed)
  const { uniform } = chance(seed + 1_000_003)
  const order = [...kinds, ...kinds]
  const room = Math.floor(rows / (order.length + 1))
  const faults = order
    .map((kind, at) => ({ kind, key: uniform(), at }))
    .sort((a, b) => a.key - b.key)
    .map(({ kind }, place): Fault => {
      const length = kind === 'spike' ? 1 : 16 + Math.floor(uniform() * 16)
      const from = Math.floor((place + 0.6) * room + uniform() * 0.4 * room)
      return { kind, from, to: from + length, columns: columnsFor(kind, uniform) }
    })
  for (const fault of faults) plant(series, fault, uniform)
  return { rows: series, faults }
}

function columnsFor(kind: Fault['kind'], uniform: () => number): Column[] {
  if (kind === 'rhythm') return ['drift']
  if (kind === 'swap') return ['supply', 'return']
  return [COLUMNS[Math.floor(uniform() * COLUMNS.length)]]
}

function plant(series: number[][], { kind, columns, from, to }: Fault, uniform: () => number): void {
  const [column] = columns
  const at = COLUMNS.indexOf(column)
  const sign = uniform() < 0.5 ? -1 : 1
  const before = series.slice(from, to).map((row) => [...row])
  for (let row = from; row < to; row++) {
    const own = series[row]
    if (kind === 'spike') own[at] += sign * 0.7 * SWING[column]
    else if (kind === 'stuck') own[at] = series[from][at]
    else if (kind === 'shift') own[at] += sign * 0.45 * SWING[column]
    else if (kind === 'trend') own[at] += (sign * SWING[column] * (row - from + 1)) / (to - from)
    // The same numbers, and so the same rows, in the order of another day: backwards, and every second one.
    else if (kind === 'rhythm') own[at] = before[(2 * (row - from)) % before.length][at]
    else {
      const other = COLUMNS.indexOf(columns[1])
      own[at] = before[row - from][other]
      own[other] = before[row - from][at]
    }
  }
}

const START = Date.UTC(2024, 0, 1)
const timeOf = (row: number): string => new Date(START + row * 1_800_000).toISOString().slice(0, 19)

/** Rows as objects with a time every half hour. */
export const tableOfSeries = (rows: readonly (readonly number[])[]): Record<string, string | number>[] =>
  rows.map((row, at) => ({
    time: timeOf(at),
    ...Object.fromEntries(COLUMNS.map((name, column) => [name, Number(row[column].toFixed(4))])),
  }))

/** The same as CSV. */
export function csvOf(rows: readonly (readonly number[])[]): string {
  const lines = rows.map((row, at) => [timeOf(at), ...row.map((x) => x.toFixed(4))].join())
  return `${['time', ...COLUMNS].join()}\n${lines.join('\n')}\n`
}
