import type { StartEvent } from '../../../inside.node.ts'

/** How far a training is and how long it still takes, from the steps of this sitting. */
export interface Pace {
  readonly epochs: number
  share(step: number): number
  examplesPerSecond(step: number): number
  secondsLeft(step: number): number
}

export function paceFrom(start: StartEvent, now: () => number = () => performance.now()): Pace {
  const began = now()
  const stepsPerSecond = (step: number) => ((step - start.step) * 1000) / (now() - began)
  return {
    epochs: Math.ceil(start.totalSteps / start.stepsPerEpoch),
    share: (step) => step / start.totalSteps,
    examplesPerSecond: (step) => stepsPerSecond(step) * start.batch,
    secondsLeft: (step) => (start.totalSteps - step) / stepsPerSecond(step),
  }
}
