/**
 * vamp-vae: a prior made of the posteriors of learned pseudo-inputs, which fits the codes better than N(0, I) can.
 *
 *     npx betavae train digits --objective vamp-vae --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

using vae = await trainOn('vae', { model: grey })
using vamp = await trainOn('vamp-vae', { model: grey })

const elbo = { vae: vae.metrics.elbo ?? Number.NaN, vamp: vamp.metrics.elbo ?? Number.NaN }
say({ elbo })

// Over five seeds 1.9 to 2.6 nats.
assert.ok(elbo.vamp > elbo.vae + 1, 'codes cost less under a prior that knows where they are')
