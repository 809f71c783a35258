import type { StepEvent } from '../../../../inside.ts'
import type { StepColumns } from '../../protocol.ts'
import { stepColumns } from '../../step-columns.ts'

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
    return stepColumns(steps)
  }
}
