import type { Engine } from '../engine/engine.ts'
import { openHostStep } from './host-step.ts'
import type { Plan } from './plan.ts'
import { openResidentStep } from './resident-step.ts'
import type { PlayerState, Step } from './step.ts'

/** Loads the step in the form that suits the engine. */
export const openStep = (plan: Plan, engine: Engine, start: readonly PlayerState[]): Promise<Step> =>
  engine.update === 'host' ? openHostStep(plan, engine, start) : openResidentStep(plan, engine, start)
