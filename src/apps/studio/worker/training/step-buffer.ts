import type { StepEvent } from '../../../../index.ts'
import type { StepColumns } from '../../protocol.ts'

/** Gathers steps between two reports. */
export class StepBuffer {
  #steps: StepEvent[] = []

  get size(): number {
    return this.#steps.length
  }

  add(step: StepEvent): void {
    this.#steps.push(step)
  }

  /** The steps so far as columns, and none is left; undefined where there was none. */
  take(): StepColumns | undefined {
    const steps = this.#steps
    if (steps.length === 0) return undefined
    this.#steps = []
    const column = (value: (step: StepEvent) => number) => Float64Array.from(steps, value)
    const columns = (of: 'terms' | 'weights') =>
      Object.fromEntries(Object.keys(steps[0][of]).map((key) => [key, column((step) => step[of][key])]))
    return {
      step: Uint32Array.from(steps, ({ step }) => step),
      loss: column(({ loss }) => loss),
      reconstruction: column(({ reconstruction }) => reconstruction),
      kl: column(({ kl }) => kl ?? Number.NaN),
      terms: columns('terms'),
      weights: columns('weights'),
    }
  }
}
