import { traceObjective } from '../objective/trace.ts'
import { type Layout, layoutOf } from '../optimizers/layout.ts'
import { type Plan, traceRequest } from './plan.ts'

/** The layouts of a plan's players, the model's first. */
export const planLayouts = (plan: Plan): Layout[] =>
  traceObjective(traceRequest(plan)).players.map(({ key, parameters }) =>
    layoutOf(key, parameters, plan.players[key].optimizer.kind.slots),
  )
