import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { limit, ours } from '../contestants/index.ts'
import { flopsPerStep } from '../networks/cost.ts'
import { layersOf, type Network } from '../networks/layer.ts'
import { examples, startingPoint } from '../networks/materials.ts'
import { firstLoss } from '../networks/reference.ts'
import { inNode, inPython, unable } from '../race/contenders.ts'
import type { Race } from '../race/contest.ts'
import type { Contender } from '../race/racer.ts'
import type { Wanted } from '../race/wanted.ts'
import type { FiledJob, Job } from './job.ts'
import { trainingJobs } from './training-jobs.ts'

/** How far a contestant's loss may stray, as a fraction, before it is said to do other mathematics. */
export const LOSS_TOLERANCE = 0.03

interface TrainingRace {
  readonly name: string
  readonly title: string
  readonly job: Job
  readonly contenders: readonly Contender[]
  readonly warmup: number
  readonly wanted?: readonly Wanted[]
}

/** A race whose step is a training step. */
export const trainingRace = ({ job, wanted = [], ...about }: TrainingRace): Race => ({
  ...about,
  ours,
  wanted,
  flops: flopsPerStep(job.network, job.batch),
  tolerance: LOSS_TOLERANCE,
  prepare: async (folder) => filed(job, join(folder, about.name)),
  expected: () => firstLoss(job),
})

function filed(job: Job, path: string): FiledJob {
  const [parameters, batches] = [`${path}.parameters`, `${path}.batches`]
  const values = startingPoint(job.network)
  writeFileSync(parameters, Buffer.concat(values.map(({ buffer }) => Buffer.from(buffer as ArrayBuffer))))
  writeFileSync(batches, new Uint8Array(examples(job).buffer))
  return { ...job, parameters, batches }
}

/** The same contestant where all layers are dense; elsewhere the reason why it is left out. */
const ifDense = (network: Network, contender: Contender, reason: string): Contender =>
  layersOf(network).every(({ kind }) => kind === 'dense') ? contender : unable(contender, reason)

/** Everyone who trains in Node.js or Python; rows of tables only those who are told their likelihood. */
const trainers = ({ network, columns, threads }: Job): Contender[] => [
  inNode(ours, threads, 'betavae.ts', 'native'),
  inNode('betavae-wasm', threads, 'betavae.ts', 'wasm'),
  inNode(limit, threads, 'limit.ts'),
  inPython('pytorch-eager', threads, 'pytorch.py', 'eager'),
  inPython('pytorch-compiled', threads, 'pytorch.py', 'compiled'),
  ...(columns ? [] : elsewhere(network, threads)),
]

const elsewhere = (network: Network, threads: number): Contender[] => [
  ifDense(
    network,
    inNode('jax-js-wasm', threads, 'jax-js.mjs'),
    'left out: a step of the convolutions of Burgess et al. took it 378 s on a busy machine',
  ),
  ifDense(
    network,
    inNode('tfjs-wasm', threads, 'tfjs-wasm.mjs'),
    "left out: its WebAssembly backend has no kernel for the gradient of a convolution's filters",
  ),
]

const atLeast = (of: string, figure: string, bound: number): Wanted => ({ of, figure, atLeast: bound })

/** The training workloads. */
export function trainingRaces(threads: number): Race[] {
  const jobs = trainingJobs(threads)
  const about = (name: keyof typeof jobs, title: string, warmup: number, wanted: Wanted[]) =>
    trainingRace({ name, title, job: jobs[name], contenders: trainers(jobs[name]), warmup, wanted })
  return [
    about('mlp-784-400-20-b128', 'VAE 784-400-20, batch 128: a training step', 30, [
      atLeast('tfjs-wasm', 'ratio', 25),
      atLeast('jax-js-wasm', 'ratio', 4.5),
      atLeast('pytorch-eager', 'ratio', 1.25),
      atLeast(ours, 'ofLimit', 1 / 1.5),
    ]),
    about('mlp-784-400-20-b1024', 'the same, batch 1024', 12, [
      atLeast('pytorch-eager', 'ratio', 1),
      atLeast(ours, 'ofLimit', 1 / 1.3),
    ]),
    about('burgess-64x64-b64', 'convolutions of Burgess et al. on 64×64, batch 64', 8, [
      atLeast('pytorch-eager', 'ratio', 1.4),
      atLeast('pytorch-compiled', 'ratio', 1.1),
    ]),
    about('burgess-color-b64', 'the same in color, 64×64×3', 8, [atLeast('pytorch-eager', 'ratio', 1.2)]),
    about('higgins-4096-b256', 'Higgins et al. 4096-1200-1200, batch 256', 5, [
      atLeast('pytorch-eager', 'ratio', 1),
    ]),
    about('table-30-b256', 'thirty mixed columns of a table, batch 256', 30, [
      atLeast('pytorch-eager', 'ratio', 2),
    ]),
  ]
}

/** The page's contestants train the first of them. */
export const pageJob = (threads: number): Job => trainingJobs(threads)['mlp-784-400-20-b128']
