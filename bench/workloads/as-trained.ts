import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { version } from '../../src/inside.node.ts'
import { ours, python } from '../contestants/index.ts'
import { contestantsFolder, wholly } from '../race/contenders.ts'
import type { Race } from '../race/contest.ts'
import type { StartPlace } from '../race/program-channel.ts'
import { median } from '../race/race.ts'
import type { Whole } from '../race/whole-channel.ts'
import { buildAnew, mnistFolder, root } from './startup.ts'
import { LOSS_TOLERANCE } from './training.ts'

const EPOCHS = 10

/** What is typed to train on MNIST, from the shell to the prompt that comes back: library, data, epochs, what is kept. */
export const asTrainedRace = (): Race => ({
  name: 'as-trained-mnist',
  title: `VAE 784-400-20 on MNIST from the shell, ${EPOCHS} epochs of batch 128, each judged on held-out rows`,
  ours,
  contenders: [
    wholly(ours, product),
    wholly('pytorch-script', () =>
      inPython('train-mnist.py', 'torch', 'a bare training loop, tensors in memory'),
    ),
    wholly('pythae', () => inPython('train-pythae.py', 'pythae', 'its own trainer, with the same networks')),
  ],
  prepare: async (folder) => {
    buildAnew()
    return { cwd: folder } satisfies StartPlace
  },
  warmup: 1,
  // All three come to the training loss of the last epoch; drawn pixels cost what grey ones do on average.
  tolerance: LOSS_TOLERANCE,
  figures: ({ figures }) => ({
    epochMs: Math.round(median(figures.map(({ epochMs }) => epochMs).filter(Number.isFinite))),
  }),
  wanted: [
    { of: 'pytorch-script', figure: 'ratio', atLeast: 1.3 },
    { of: 'pythae', figure: 'ratio', atLeast: 2.2 },
  ],
})

async function product(): Promise<Whole> {
  const words = ['train', 'mnist', '--epochs', String(EPOCHS), '--json']
  return {
    command: [process.execPath, join(root, 'bin/betavae.js'), ...words],
    epoch: /"kind":"epoch".*?"loss":([\d.]+)/,
    version,
    note: `betavae train mnist --epochs ${EPOCHS}, with checkpoints, model and report`,
  }
}

async function inPython(script: string, module: string, note: string): Promise<Whole> {
  const says = ['-c', `from importlib.metadata import version; print(version("${module}"), end="")`]
  return {
    command: [python, join(contestantsFolder, script), mnistFolder(), String(EPOCHS)],
    epoch: /^epoch \d+ loss ([\d.]+)/,
    version: execFileSync(python, says, { encoding: 'utf8', stdio: 'pipe' }),
    note,
  }
}
