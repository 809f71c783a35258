import type { TableLayout } from '../../data/tables/layout.ts'
import type { ModelParts } from '../model-parts.ts'
import type { Cells } from './cells.ts'
import type { GapRows } from './gap-rows.ts'
import { imputeRows } from './impute.ts'

interface Asking {
  readonly cells: Cells
  readonly parts: Pick<ModelParts, 'spec' | 'values'>
  readonly gaps: GapRows
  readonly layout: TableLayout
  readonly draws?: number
  readonly signal?: AbortSignal
}

/** Draws of the code that a mean is weighed over. */
export const IMPUTE_DRAWS = 64

/** Targets of rows with their gaps filled by the model's importance-weighted means [n × value slots]. */
export async function besideTargets(
  { cells, parts: { spec, values }, gaps, layout, draws = IMPUTE_DRAWS, signal }: Asking,
  rows: Float32Array,
): Promise<Float64Array> {
  const { mean } = await imputeRows({ cells, layout, values, spec }, rows, {
    first: 0,
    draws,
    samples: 0,
    signal,
  })
  const filled = rows.slice()
  for (let row = 0; row * layout.width < rows.length; row++)
    for (const { slots, mask } of layout.columns) {
      if (rows[row * layout.width + mask] === 1) continue
      for (const slot of [...slots, mask]) filled[row * layout.width + slot] = mean[row * layout.width + slot]
      filled[row * layout.width + mask] = 1
    }
  return gaps.table(filled).targets
}
