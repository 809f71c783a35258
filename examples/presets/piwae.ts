/**
 * piwae: the decoder lowers the tightest bound, that of all sixteen codes of a digit; the encoder the mean of the bounds of
 * groups of four, which tells it more.
 *
 *     npx betavae train digits --objective piwae --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

using vae = await trainOn('vae', { model: grey, epochs: 20 })
using piwae = await trainOn('piwae', { model: grey, epochs: 20 })

const bound = { vae: -vae.metrics.loss, piwae: -piwae.metrics.loss }
/** What sixteen draws add to the ELBO of the same model. */
const gained = -piwae.metrics.terms.piwae
say({ bound, gained })

// 2.2 nats, and 2.9.
assert.ok(bound.piwae > bound.vae + 0.5, 'digits are more likely than a VAE can tell')
assert.ok(gained > 1, 'and more than the ELBO of the same model tells')
