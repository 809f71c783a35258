import { sources } from '../../../inside.node.ts'
import type { ArgumentSpec } from '../command.ts'

export const runArgument: ArgumentSpec = { name: 'run', description: 'folder of a run, such as runs/mnist-1' }

export const dataArgument: ArgumentSpec = {
  name: 'data',
  description: `${sources.map(({ name }) => name).join(', ')}, a .csv, .jsonl, .parquet, .arrow, .npy or .npz file, IDX files, or a folder of images`,
}
