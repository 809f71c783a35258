import { defineCommand } from '../command.ts'
import { codes } from '../model/codes.ts'
import { perRowCommand } from '../model/per-row.ts'
import { isFolderOut, makeFolderOf, partOptions } from '../parts/folder.ts'

const plain = perRowCommand({
  name: 'encode',
  ...codes,
  options: {},
  examples: [
    ['runs/mnist-1 mnist --out codes.npy', 'posterior means [rows, latent]'],
    ['runs/table-1 new.csv > codes.csv', 'to stdout as CSV'],
    ['runs/mnist-1 mnist --shard 3/7 --out codes.npy', 'one part of seven; then: betavae merge codes.npy'],
    ['runs/table-1 visits/ --out codes/', 'a folder of tables, each of which becomes one'],
  ],
})

export const command = defineCommand({
  ...plain,
  options: { ...plain.options, ...partOptions },
  async run(call) {
    const [path, source] = call.args
    if (await isFolderOut(source, call.values)) return makeFolderOf('encode', path, { ...call, source })
    return plain.run(call)
  },
})
