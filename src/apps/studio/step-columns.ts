import type { StepEvent } from '../../inside.ts'
import type { StepColumns } from './protocol.ts'

/** Steps column by column; of terms and weights, those of the first step. */
export function stepColumns(steps: readonly StepEvent[]): StepColumns {
  const column = (value: (step: StepEvent) => number) => Float64Array.from(steps, value)
  const columns = (of: 'terms' | 'weights') =>
    Object.fromEntries(Object.keys(steps[0]?.[of] ?? {}).map((key) => [key, column((step) => step[of][key])]))
  return {
    step: Uint32Array.from(steps, ({ step }) => step),
    loss: column(({ loss }) => loss),
    reconstruction: column(({ reconstruction }) => reconstruction),
    kl: column(({ kl }) => kl ?? Number.NaN),
    terms: columns('terms'),
    weights: columns('weights'),
  }
}
