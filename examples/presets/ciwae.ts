/**
 * ciwae: nineteen parts of the tight bound of sixteen codes, and one part of the ELBO, whose gradient keeps the encoder
 * near the posterior.
 *
 *     npx betavae train digits --objective ciwae --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

using vae = await trainOn('vae', { model: grey, epochs: 20 })
using ciwae = await trainOn('ciwae', { model: grey, epochs: 20 })

const { loss, reconstruction, terms } = ciwae.metrics
/** At the drawn codes, as the loss has it. */
const elbo = -(reconstruction + terms.kl)
const bound = { vae: -vae.metrics.loss, ciwae: -loss }
/** The bound of sixteen draws alone. */
const tight = elbo - terms.importance
say({ bound, tight })

// 2.1 nats.
assert.ok(bound.ciwae > bound.vae + 0.5, 'digits are more likely than a VAE can tell')
assert.ok(Math.abs(-loss - (0.95 * tight + 0.05 * elbo)) < 1e-3, 'the loss mixes the two bounds')
