import { ours } from '../contestants/index.ts'
import { activationCount, parameterCount } from '../networks/cost.ts'
import { mlp } from '../networks/networks.ts'
import { inNode, inPython } from '../race/contenders.ts'
import type { Race } from '../race/contest.ts'
import type { Racer } from '../race/racer.ts'
import type { Job } from './job.ts'
import { trainingRace } from './training.ts'

/** Weight, gradient and two moments of each parameter in float32. */
const PARAMETER_BYTES = 16
const HIDDEN = [1864, 1864]

/** How much memory the training of 10⁷ parameters holds at most, against what it cannot do without. */
export function memoryRace(threads: number): Race {
  const job: Job = {
    network: mlp(28, HIDDEN, 20),
    architecture: { name: 'mlp', hidden: [...HIDDEN] },
    batch: 128,
    rate: 1e-4,
    threads,
  }
  return {
    ...trainingRace({
      name: 'memory-1e7',
      title: 'VAE 784-1864-1864-20, 10⁷ parameters, batch 128: a training step',
      job,
      contenders: [
        inNode(ours, threads, 'betavae.ts', 'native'),
        inPython('pytorch-eager', threads, 'pytorch.py', 'eager'),
      ],
      warmup: 10,
    }),
    figures: (racer) => memoryFigures(racer, job),
    wanted: [{ of: ours, figure: 'ofYardstick', atMost: 1.3 }],
  }
}

/**
 * In MiB: the process at its peak, and when it was bare, which is with library, engine and data set in memory
 * but no model yet; and both the whole peak and what the model added over the yardstick.
 */
function memoryFigures({ figures }: Racer, { network, batch }: Job): Record<string, number> {
  const yardstick =
    (parameterCount(network) * PARAMETER_BYTES + activationCount(network, batch) * 4) / 2 ** 20
  const bare = figures[0].rssMiB
  const peak = Math.max(...figures.slice(1).map(({ peakMiB }) => peakMiB))
  const rounded = (value: number) => Number(value.toFixed(2))
  return {
    peakMiB: Math.round(peak),
    bareMiB: Math.round(bare),
    yardstickMiB: Math.round(yardstick),
    ofYardstick: rounded((peak - bare) / yardstick),
    ofYardstickWhole: rounded(peak / yardstick),
  }
}
