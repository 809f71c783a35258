import type { Route } from '../route.ts'
import { events } from './events.ts'
import { examples } from './examples.ts'
import { run, runs } from './runs.ts'
import { sweeps } from './sweeps.ts'
import { weights } from './weights.ts'

/** Every address below `api/`. */
export const allRoutes: readonly Route[] = [runs, run, events, weights, examples, sweeps]
