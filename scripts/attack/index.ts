import type { Attack } from './attack.ts'
import { kills } from './kills/kills.ts'
import { mutants } from './mutants/mutants.ts'
import { queues } from './queues/queues.ts'
import { runs } from './runs.ts'

export const attacks: readonly Attack[] = [kills, mutants, runs, queues]
