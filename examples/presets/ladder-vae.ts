/**
 * ladder-vae: two levels. What the upper one says of a digit is what the lower one is expected to be, which the encoder then
 * corrects: a prior that is not N(0, I), and a bound that is tighter for it. The KL is let in slowly, or the upper level
 * would never be used.
 *
 *     npx betavae train digits --objective ladder-vae --latent 12 --ladder-top 4 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

const [LATENT, TOP] = [12, 4]
using vae = await trainOn('vae', { model: { ...grey, latent: { size: LATENT } } })
using ladder = await trainOn('ladder-vae', {
  model: { ...grey, latent: { size: LATENT, top: TOP, hidden: [128] } },
  terms: [{ term: 'kl', weight: 'linear(0, 1, 400)' }],
})

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const elbo = { vae: vae.metrics.elbo ?? Number.NaN, ladder: ladder.metrics.elbo ?? Number.NaN }
const nats = {
  lower: sum(ladder.klPerDimension.slice(0, LATENT - TOP)),
  upper: sum(ladder.klPerDimension.slice(LATENT - TOP)),
}
say({ elbo, nats })

// 1.3 and 2.6 nats.
assert.ok(elbo.ladder > elbo.vae + 0.4, 'the bound is tighter')
assert.ok(nats.upper > 1 && nats.lower > 1, 'both levels carry something')
