import { ROWS_AT_ONCE } from '../../../inside.node.ts'
import { perRowCommand } from '../model/per-row.ts'

export const command = perRowCommand({
  name: 'encode',
  together: ROWS_AT_ONCE,
  options: {},
  examples: [
    ['runs/mnist-1 mnist --out codes.npy', 'posterior means [rows, latent]'],
    ['runs/table-1 new.csv > codes.csv', 'to stdout as CSV'],
    ['runs/mnist-1 mnist --shard 3/7 --out codes.npy', 'one part of seven; then: betavae merge codes.npy'],
  ],
  async sheetOf({ run: { model }, dataset, indices, signal }) {
    const { mean } = await model.encode(await dataset.read(indices), { signal })
    return { rows: mean, columns: Array.from({ length: model.latent }, (_, i) => `z${i}`) }
  },
})
