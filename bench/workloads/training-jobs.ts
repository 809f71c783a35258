import { burgess, higgins, mlp } from '../networks/networks.ts'
import { columns, table } from '../networks/table.ts'
import type { Job } from './job.ts'

const mlpJob = (batch: number, threads: number): Job => ({
  network: mlp(28, [400], 20),
  architecture: { name: 'mlp', hidden: [400] },
  batch,
  rate: 1e-3,
  threads,
})

const burgessJob = (channels: number, threads: number): Job => ({
  network: burgess(channels),
  architecture: { name: 'burgess' },
  batch: 64,
  rate: 1e-3,
  threads,
})

const higginsJob = (threads: number): Job => ({
  network: higgins,
  architecture: { name: 'higgins' },
  batch: 256,
  rate: 1e-4,
  threads,
})

const tableJob = (threads: number): Job => ({
  network: table,
  architecture: { name: 'mlp', hidden: [128] },
  columns,
  batch: 256,
  rate: 1e-3,
  threads,
})

/** What each training workload trains, by its name. */
export const trainingJobs = (threads: number) => ({
  'mlp-784-400-20-b128': mlpJob(128, threads),
  'mlp-784-400-20-b1024': mlpJob(1024, threads),
  'burgess-64x64-b64': burgessJob(1, threads),
  'burgess-color-b64': burgessJob(3, threads),
  'higgins-4096-b256': higginsJob(threads),
  'table-30-b256': tableJob(threads),
})
