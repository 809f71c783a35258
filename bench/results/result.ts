import { cpus } from 'node:os'
import { limit } from '../contestants/index.ts'
import type { Race } from '../race/contest.ts'
import { median } from '../race/race.ts'
import type { Racer } from '../race/racer.ts'

/** What came of one contestant in one workload; a line of `results.json`. */
export interface Result {
  readonly workload: string
  readonly contestant: string
  readonly version: string
  /** Of a step. */
  readonly medianMs: number
  /** Its time over ours. */
  readonly ratio: number | null
  readonly gflops: number | null
  /** The limit's time over its own: 1 is all this machine can give. */
  readonly ofLimit: number | null
  /** Nats per example after the warm-up's steps, as many for everyone. */
  readonly loss?: number
  /** What else was counted. */
  readonly figures?: Readonly<Record<string, number>>
  readonly note: string
  readonly machine: string
}

/** Cores and model of this machine's processor. */
const machine = (): string => `${cpus().length} × ${cpus()[0].model}`

const rounded = (value: number, digits: number): number | null =>
  Number.isFinite(value) ? Number(value.toFixed(digits)) : null

/** The results of a race, in the order of its contestants. */
export function resultsOf(race: Race, racers: readonly Racer[]): Result[] {
  const medianOf = (name: string) => {
    const racer = racers.find((each) => each.name === name)
    return racer ? median(racer.ms) : Number.NaN
  }
  return racers.map((racer) => {
    const { name, version, note, ms, warmed } = racer
    const own = median(ms)
    const learns = race.expected !== undefined && name !== limit
    const figures = race.figures?.(racer)
    return {
      workload: race.name,
      contestant: name,
      version,
      medianMs: Number(own.toFixed(3)),
      ratio: rounded(own / medianOf(race.ours), 3),
      gflops: rounded((race.flops ?? Number.NaN) / own / 1e6, 1),
      ofLimit: rounded(medianOf(limit) / own, 3),
      ...(learns ? { loss: Number(warmed.toFixed(2)) } : {}),
      ...(figures ? { figures } : {}),
      note,
      machine: machine(),
    }
  })
}
