import { expect, test } from 'vitest'
import { average, numbersOf, worldOf } from '../../testing/numbers.testing.ts'
import { toyWorld } from '../../testing/toy-world.ts'

const DRAWS = 5

test('beside a sampled kl, both of weight 1, the loss is the K-sample bound', async () => {
  const { objective, model, feeds } = toyWorld({
    draws: DRAWS,
    terms: [
      { term: 'kl', weight: 1, estimator: 'sampled' },
      { term: 'importance', weight: 1 },
    ],
  })
  const [{ loss }] = objective.players
  const { loss: got } = await numbersOf({ loss }, feeds)
  const { reconstructionOfDraws, logRatio } = model
  const draws = await numbersOf({ reconstructionOfDraws, logRatio: logRatio! }, feeds)
  const weights = draws.reconstructionOfDraws.map((nll, row) => Math.exp(-nll - draws.logRatio[row]))
  const bounds = [0, 1, 2, 3].map((i) => -Math.log(average(weights.slice(i * DRAWS, (i + 1) * DRAWS))))
  expect(got[0]).toBeCloseTo(average(bounds), 10)
})

test('each example gets tighter by several draws, and by one draw nothing happens', async () => {
  const at = async (draws: number) => {
    const { world, value } = worldOf({ term: 'importance', weight: 1 }, { draws })
    return (await numbersOf({ value }, world.feeds)).value
  }
  const several = await at(DRAWS)
  expect(several).toHaveLength(4)
  for (const tightening of several) expect(tightening).toBeLessThan(-1e-3)
  for (const tightening of await at(1)) expect(Math.abs(tightening)).toBeLessThan(1e-14)
})
