import { expect, test } from 'vitest'
import { meanOf } from '../../src/base/math/sums.ts'
import { type Dataset, datasetOf, openData, presetOf, type TrainEvent, train } from '../../src/inside.node.ts'
import { PATIENCE } from './linear-model.ts'

const ROWS = 10_000
const STEPS = 500

/** The first rows of MNIST. */
async function someMnist(): Promise<Dataset> {
  const { read, defaults } = await openData('mnist')
  const { data, shape } = await read(Uint32Array.from({ length: ROWS }, (_, i) => i))
  return datasetOf({ data: data as Uint8Array, shape }, { name: 'mnist', defaults })
}

async function annealed(capacity: number): Promise<TrainEvent[]> {
  const [term] = presetOf('annealed-vae', {}).terms
  const training = train(
    {
      data: { source: 'mnist', validation: 0.2, test: 0 },
      model: { architecture: { name: 'mlp', hidden: [64] }, latent: { size: 10 } },
      objective: {
        name: 'annealed-vae',
        terms: [{ ...term, target: `linear(0, ${capacity}, ${STEPS / 2})` }],
      },
      training: { steps: STEPS, batch: 100, learningRate: `cosine(0.003, 0, ${STEPS})` },
      engine: { name: 'native', threads: 1 },
    },
    { dataset: await someMnist() },
  )
  const events: TrainEvent[] = []
  for await (const event of training) events.push(event)
  return events
}

/** Burgess et al. 2018, eq. 8: the rate follows C(t), whatever it buys. */
test.each([5, 15])(
  'with the capacity term, the mean KL on MNIST ends within half a nat of C = %i',
  async (capacity) => {
    const events = await annealed(capacity)
    const end = events.findLast((event) => event.kind === 'epoch')
    expect(Math.abs(end!.validation!.kl! - capacity)).toBeLessThan(0.5)
    expect(Math.abs(end!.train.kl! - capacity)).toBeLessThan(0.5)
    const halfway = events.flatMap((event) =>
      event.kind === 'step' && Math.abs(event.step - STEPS / 4) < 10 ? [event.kl!] : [],
    )
    expect(Math.abs(meanOf(halfway) - capacity / 2)).toBeLessThan(1)
  },
  PATIENCE,
)
