/**
 * maf-prior-vae: a prior that learns where codes lie, as a masked autoregressive flow: each dimension given those before
 * it. Codes cost less under it than under N(0, I), and draws of it look like digits.
 *
 *     npx betavae train digits --objective maf-prior-vae --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

using vae = await trainOn('vae', { model: grey })
using maf = await trainOn('maf-prior-vae', { model: grey })

const elbo = { vae: vae.metrics.elbo ?? Number.NaN, maf: maf.metrics.elbo ?? Number.NaN }
say({ elbo })
const { data } = await maf.model.sample(20, { seed: 1 })

// 1.5 nats.
assert.ok(elbo.maf > elbo.vae + 0.5, 'codes cost less under a prior that knows where they are')
assert.ok(data.every(Number.isFinite) && Math.max(...data) > 8, 'and draws of it are digits')
