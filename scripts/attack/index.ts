import type { Attack } from './attack.ts'
import { kills } from './kills/kills.ts'
import { mutants } from './mutants/mutants.ts'
import { runs } from './runs.ts'

export const attacks: readonly Attack[] = [kills, mutants, runs]
