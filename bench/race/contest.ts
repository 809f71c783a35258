import type { Contender, Racer } from './racer.ts'
import type { Wanted } from './wanted.ts'

/** One workload: what is done, by whom, and what should come of it. */
export interface Race {
  readonly name: string
  /** For the tables: what one step is. */
  readonly title: string
  /** The contestant whose median every ratio is taken against. */
  readonly ours: string
  readonly contenders: readonly Contender[]
  /** Makes what contestants are told, with its files in a folder. */
  prepare(folder: string): Promise<unknown>
  /** Steps that everyone does before the first turn; after them answers are compared. */
  readonly warmup: number
  /** Operations of one step. */
  readonly flops?: number
  /** What the first step should come to. */
  expected?(assignment: unknown): number
  /** How far answers may stray, as a fraction; answers without one are not compared. */
  readonly tolerance?: number
  /** What a racer said beside its times, in numbers worth keeping. */
  figures?(racer: Racer): Readonly<Record<string, number>>
  readonly wanted: readonly Wanted[]
}
