import { limit, ours } from '../contestants/index.ts'
import { parameterCount } from '../networks/cost.ts'
import { mlp } from '../networks/networks.ts'
import { inNode } from '../race/contenders.ts'
import type { Race } from '../race/contest.ts'
import { median } from '../race/race.ts'
import { trainingRace } from './training.ts'

/** Side of the picture, hidden layers and code of models of about 10⁴ to 10⁸ parameters. */
const sizes: readonly (readonly [name: string, side: number, hidden: readonly number[], latent: number])[] = [
  ['1e4', 8, [64], 8],
  ['1e5', 14, [220], 20],
  ['1e6', 28, [600], 20],
  ['1e7', 28, [1864, 1864], 20],
  ['1e8', 64, [5300, 5300], 20],
]

/** Training steps of models of every size, on one thread and on all: does the speed hold? */
export const scaleRaces = (threads: number): Race[] =>
  sizes.flatMap(([name, side, hidden, latent]) =>
    [...new Set([1, threads])].map((used) => scaleRace(name, used, side, hidden, latent)),
  )

function scaleRace(
  name: string,
  threads: number,
  side: number,
  hidden: readonly number[],
  latent: number,
): Race {
  const network = mlp(side, hidden, latent)
  const parameters = parameterCount(network)
  return {
    ...trainingRace({
      name: `scale-${name}-t${threads}`,
      title: `${parameters.toLocaleString('en')} parameters, batch 128, ${threads} thread${threads === 1 ? '' : 's'}`,
      job: {
        network,
        architecture: { name: 'mlp', hidden: [...hidden] },
        batch: 128,
        rate: 1e-4,
        threads,
      },
      contenders: [inNode(ours, threads, 'betavae.ts', 'native'), inNode(limit, threads, 'limit.ts')],
      warmup: 4,
    }),
    figures: ({ ms }) => ({
      parameters,
      threads,
      nsPerParameter: Number(((1e6 * median(ms)) / parameters).toFixed(3)),
    }),
  }
}
