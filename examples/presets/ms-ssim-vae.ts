/**
 * ms-ssim-vae: reconstructions that look like their images. With a likelihood that knows pixels alone, noise as wide as
 * σ = 1 has them blur; what MS-SSIM charges for that keeps strokes and their contrast.
 *
 *     npx betavae train digits --objective ms-ssim-vae --ms-ssim 50 --latent 10 --likelihood gaussian --sigma 1
 */
import assert from 'node:assert/strict'
import { say, trainOn } from './digits.ts'

const wide = { likelihood: { name: 'gaussian', sigma: 1 } }
const likeness = (weight: number) => ({
  model: wide,
  terms: [
    { term: 'kl', weight: 1 },
    { term: 'ms-ssim', weight },
  ],
})
using plain = await trainOn('ms-ssim-vae', likeness(0))
using alike = await trainOn('ms-ssim-vae', likeness(50))

const told = ({ metrics }: typeof plain) => ({
  unlike: metrics.terms['ms-ssim'],
  reconstruction: metrics.reconstruction,
})
say({ vae: told(plain), msSsimVae: told(alike) })

assert.ok(alike.metrics.terms['ms-ssim'] < 0.6 * plain.metrics.terms['ms-ssim'], 'digits look alike')
