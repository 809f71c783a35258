/**
 * annealed-vae: a budget in place of a price. The code may carry C(t) nats, which grow, so that what matters most
 * comes first.
 *
 *     npx betavae train digits --objective annealed-vae --capacity-target 'linear(0, 10, 600)' --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

using annealed = await trainOn('annealed-vae', {
  model: grey,
  terms: [{ term: 'capacity', weight: 20, target: 'linear(0, 10, 600)' }],
})

const course = annealed.epochs.map(({ step, validation }) => ({
  step,
  target: Math.min(step / 60, 10),
  kl: validation?.kl ?? Number.NaN,
}))
say({ course: course.filter((_, epoch) => epoch % 10 === 9) })

// Over five seeds within half a nat in the end.
for (const { step, target, kl } of course.slice(9))
  assert.ok(Math.abs(kl - target) < 1.5, `step ${step}: a KL of ${kl} nats for a budget of ${target}`)
const { kl, target } = course[course.length - 1]
assert.ok(Math.abs(kl - target) < 1, `in the end ${kl} nats for ${target}`)
