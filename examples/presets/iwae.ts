/**
 * iwae: a tighter bound. Five codes are drawn for each digit, and the bound on log p(x) is the logarithm of their mean
 * weight, which is above the ELBO. (On data as small as these the bound does it: a VAE trained on five draws comes as
 * near by the same bound.)
 *
 *     npx betavae train digits --objective iwae --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

using vae = await trainOn('vae', { model: grey })
using iwae = await trainOn('iwae', { model: grey })

const bound = { vae: -vae.metrics.loss, iwae: -iwae.metrics.loss }
/** What five draws add to the ELBO of the same model. */
const gained = -iwae.metrics.terms.importance
say({ bound, gained })

// Over five seeds 1.0 to 1.5 nats, and 1.6 to 2.1.
assert.ok(bound.iwae > bound.vae + 0.5, 'digits are more likely than a VAE can tell')
assert.ok(gained > 1, 'and more than the ELBO of the same model tells')
