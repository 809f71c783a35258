import { ROWS_AT_ONCE } from '../../../inside.node.ts'
import type { PerRow } from './sheets-of-rows.ts'

/** The posterior mean of each row. */
export const codes: PerRow<object> = {
  together: ROWS_AT_ONCE,
  async sheetOf({ run: { model }, dataset, indices, signal }) {
    const condition = dataset.condition?.read(indices)
    const { mean } = await model.encode(await dataset.read(indices), { condition, signal })
    return { rows: mean, columns: Array.from({ length: model.latent }, (_, i) => `z${i}`) }
  },
}
