/**
 * sigma-vae: a Gaussian observation whose σ is learned, so that there is no β to tune: with σ = 1, a usual choice,
 * pixels from 0 to 1 are lost in noise and the code is given up.
 *
 *     npx betavae train digits --objective sigma-vae --latent 10
 */
import assert from 'node:assert/strict'
import { type Fitted, say, trainOn } from './digits.ts'
import { difference } from './measures.ts'

using one = await trainOn('vae', { model: { likelihood: { name: 'gaussian', sigma: 1 } } })
using best = await trainOn('sigma-vae')

const told = async ({ metrics, model, heldOut }: Fitted) => ({
  elbo: metrics.elbo ?? Number.NaN,
  kl: metrics.kl ?? Number.NaN,
  error: difference(await model.reconstruct(heldOut), heldOut),
})
const [given, learned] = [await told(one), await told(best)]
say({ given, learned })

// Over five seeds 27 to 30 against −61, and 27 to 28 grey levels against 70.
assert.ok(learned.elbo > given.elbo + 50, 'digits are far more likely')
assert.ok(learned.error < 0.6 * given.error, 'and restored, not averaged')
