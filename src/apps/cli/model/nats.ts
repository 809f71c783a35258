import {
  averagedScores,
  exampleReader,
  type NDArray,
  SCORED_AT_ONCE,
  SCORED_DRAWS,
  type Scored,
} from '../../../inside.node.ts'
import type { Sheet } from './sheet.ts'
import type { PerRow } from './sheets-of-rows.ts'

/** What each row of plain numbers, or each image, costs a model. */
export const nats: PerRow<{ readonly draws?: number | undefined }> = {
  together: SCORED_AT_ONCE,
  async sheetOf({ run: { model, trained }, dataset, indices, values: { draws = SCORED_DRAWS }, signal }) {
    const { data, training } = trained.recipe
    const all = { dataset, indices, ownTest: false }
    const certain = !model.stochastic && data.binarize === 'none'
    return sheetOf(
      await averagedScores(certain ? 1 : draws, async (draw) => {
        const seed = training.seed + draw
        // Rows are binarized as in an evaluation, so that the nats mean the same.
        const { x, condition } = await exampleReader(data.binarize, seed).heldOut(all, indices)
        return model.score(x, { condition, seed, first: indices[0], signal })
      }),
    )
  },
}

function sheetOf({ reconstruction, kl, elbo }: Scored): Sheet {
  const parts = Object.entries({ reconstruction, kl, elbo }).filter(([, values]) => values !== undefined)
  const data = new Float64Array(reconstruction.length * parts.length)
  parts.forEach(([, values], column) => {
    ;(values as Float64Array).forEach((value, row) => {
      data[row * parts.length + column] = value
    })
  })
  const rows: NDArray = { data, shape: [reconstruction.length, parts.length] }
  return { rows, columns: parts.map(([name]) => name) }
}
