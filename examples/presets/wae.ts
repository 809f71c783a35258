/**
 * wae: an autoencoder without noise whose codes together follow N(0, I), as a kernel sees it; so it can be sampled
 * from like a VAE, and restores digits better.
 *
 *     npx betavae train digits --objective wae --mmd 3 --latent 10
 */
import assert from 'node:assert/strict'
import { type Fitted, grey, say, trainOn } from './digits.ts'
import { codesOf, difference, energyDistance, normals } from './measures.ts'

const epochs = 80
using plain = await trainOn('autoencoder', { model: grey, epochs })
using vae = await trainOn('vae', { model: grey, epochs })
using wae = await trainOn('wae', { terms: [{ term: 'mmd', weight: 3 }], epochs })

const told = async (fit: Fitted) => ({
  error: difference(await fit.model.reconstruct(fit.heldOut), fit.heldOut),
  codes: energyDistance(await codesOf(fit), normals(2000, 10)),
  samples: energyDistance(await fit.model.decode(normals(400, 10)), fit.heldOut),
})
const [free, drawn, held] = [await told(plain), await told(vae), await told(wae)]
say({ autoencoder: free, vae: drawn, wae: held })

// Over five seeds 0.01 to 0.02 against 0.6 to 0.9, 6 to 10 against 15 to 17, and 26 to 27 against 27 to 28.
assert.ok(held.codes < 0.2 * free.codes, 'codes follow N(0, I)')
assert.ok(held.samples < 0.85 * drawn.samples, 'so that draws from it decode to digits')
assert.ok(held.error < drawn.error, 'and no noise blurs what is restored')
