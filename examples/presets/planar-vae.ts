/**
 * planar-vae: a posterior bent by ten planes, of which the encoder says where they lie for each digit. As a flow it is
 * worth most where posteriors are narrow: here pixels are held to 0.05.
 *
 *     npx betavae train digits --objective planar-vae --latent 10 --likelihood gaussian --sigma 0.05
 */
import assert from 'node:assert/strict'
import { say, trainOn } from './digits.ts'

const sharp = { model: { likelihood: { name: 'gaussian', sigma: 0.05 } } }
using vae = await trainOn('vae', sharp)
using planar = await trainOn('planar-vae', sharp)

const elbo = { vae: vae.metrics.elbo ?? Number.NaN, planar: planar.metrics.elbo ?? Number.NaN }
say({ elbo })

// 8 nats.
assert.ok(elbo.planar > elbo.vae + 1, 'the bound is tighter')
