import { perRowCommand } from '../model/per-row.ts'

export const command = perRowCommand({
  options: {},
  examples: [
    ['runs/mnist-1 mnist --out codes.npy', 'posterior means [rows, latent]'],
    ['runs/table-1 new.csv > codes.csv', 'to stdout as CSV'],
  ],
  async sheetOf({ run: { model }, dataset, indices, signal }) {
    const { mean } = await model.encode(await dataset.read(indices), { signal })
    return { rows: mean, columns: Array.from({ length: model.latent }, (_, i) => `z${i}`) }
  },
})
