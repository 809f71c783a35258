import type { Race } from '../race/contest.ts'
import { asTrainedRace } from './as-trained.ts'
import { chromiumRace } from './chromium.ts'
import { encodeRace } from './encode.ts'
import { memoryRace } from './memory.ts'
import { scaleRaces } from './scale.ts'
import { scoreRace } from './score.ts'
import { startupRace } from './startup.ts'
import { trainingRaces } from './training.ts'

/** Races under the name by which they are asked for. */
export interface Workload {
  readonly name: string
  readonly races: readonly Race[]
  /** Left out where no workload is named. */
  readonly isLong?: true
}

/** All workloads, in the order of the tables. */
export const workloadsOn = (threads: number): readonly Workload[] => [
  ...[
    ...trainingRaces(threads),
    chromiumRace(threads),
    encodeRace(threads),
    startupRace(),
    asTrainedRace(),
    memoryRace(threads),
  ].map((race) => ({ name: race.name, races: [race] })),
  { name: 'score-1e6', races: [scoreRace()], isLong: true },
  { name: 'scale', races: scaleRaces(threads), isLong: true },
]
