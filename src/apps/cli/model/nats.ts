import { exampleReader, type NDArray, SCORED_AT_ONCE, type Scored } from '../../../inside.node.ts'
import type { Sheet } from './sheet.ts'
import type { PerRow } from './sheets-of-rows.ts'

/** What each row of plain numbers, or each image, costs a model. */
export const nats: PerRow<{ readonly draws?: number | undefined }> = {
  together: SCORED_AT_ONCE,
  async sheetOf({ run: { model, trained }, dataset, indices, values: { draws = 16 }, signal }) {
    const { data, training } = trained.recipe
    const all = { dataset, indices, ownTest: false }
    const certain = !model.stochastic && data.binarize === 'none'
    return sheetOf(
      await averaged(certain ? 1 : draws, async (draw) => {
        const seed = training.seed + draw
        // Rows are binarized as in an evaluation, so that the nats mean the same.
        const rows = await exampleReader(data.binarize, seed).heldOut(all, indices)
        return model.score(rows, { seed, first: indices[0], signal })
      }),
    )
  },
}

/** Scores averaged over draws, so that equal rows come to about equal nats. */
async function averaged(draws: number, score: (draw: number) => Promise<Scored>): Promise<Scored> {
  const mean = await score(0)
  for (let draw = 1; draw < draws; draw++) {
    const next = await score(draw)
    for (const part of ['reconstruction', 'kl', 'elbo'] as const)
      mean[part]?.forEach((nats, row, all) => {
        all[row] = nats + ((next[part] as Float64Array)[row] - nats) / (draw + 1)
      })
  }
  return mean
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
