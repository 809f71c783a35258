/** A codebook that moving averages and restarts move is the same wherever a training stops, and whoever computes the step. */
import { expect, test } from 'vitest'
import { referenceEngine } from '../engine/reference.ts'
import { modelSchema } from '../model/spec.ts'
import { asResident, distance, native, run } from '../testing/running.testing.ts'
import { toyPlan } from './toy.testing.ts'

const planOf = (codebook: string, restart = 3) =>
  toyPlan({
    totalSteps: 24,
    model: modelSchema.parse({
      architecture: { name: 'mlp', hidden: [8], activation: 'tanh' },
      latent: {
        name: 'vq',
        size: 4,
        entries: 6,
        dimensions: 2,
        positions: 'flat',
        restart,
        codebook,
        decay: 0.9,
      },
      prior: { name: 'autoregressive', hidden: 6, embedding: 2 },
      likelihood: { name: 'squared-error' },
    }),
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'commitment', weight: 0.25 },
    ],
  })

test.each(['averages', 'gradient'])(
  'a codebook moved by %s goes on to the same bits, and restarts on the way',
  async (codebook) => {
    const plan = planOf(codebook)
    const whole = await run(plan)
    for (const stopAt of [1, 7, 17]) {
      const first = await run(plan, { stopAt })
      const second = await run(plan, { start: first.result.state })
      expect(second.result.state.players).toEqual(whole.result.state.players)
    }
    const { result } = await run(planOf(codebook, 1000))
    expect(whole.result.state.players[0].parameters).not.toEqual(result.state.players[0].parameters)
  },
)

test.each(['averages', 'gradient'])(
  'a codebook moved by %s is moved alike on the host and in the program',
  async (codebook) => {
    const plan = planOf(codebook)
    const wanted = await run(plan, { engine: referenceEngine })
    for (const engine of [asResident(referenceEngine), native, asResident(native)])
      expect(distance((await run(plan, { engine })).result.state, wanted.result.state)).toBeLessThan(2e-4)
  },
)
