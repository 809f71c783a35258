import { exampleReader, type NDArray, type Scored } from '../../../node.ts'
import { perRowCommand } from '../model/per-row.ts'
import type { Sheet } from '../model/sheet.ts'
import { whole, withFallback } from '../options.ts'

export const command = perRowCommand({
  options: {
    draws: withFallback(
      whole('draws of the code, and of binarized pixels, that a row’s nats are averaged over', 1, 16),
      16,
    ),
  },
  examples: [
    ['runs/mnist-1 mnist --out scores.csv', 'reconstruction, kl and elbo of each row, in nats'],
    ['runs/table-1 new.csv | sort -t, -k3 -g | head', 'the rows that fit least'],
    ['runs/table-1 new.csv --draws 200', 'with less chance in each number'],
  ],
  async sheetOf({ run: { model, trained }, dataset, indices, values: { draws }, signal }) {
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
})

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
