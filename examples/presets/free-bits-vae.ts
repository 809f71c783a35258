/**
 * free-bits-vae: the first nats of every unit cost nothing, so that none is given up. With 20 units a VAE leaves some
 * of them empty.
 *
 *     npx betavae train digits --objective free-bits-vae --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, trainOn } from './digits.ts'

const wide = { model: { ...grey, latent: { size: 20 } } }
using vae = await trainOn('vae', wide)
using freeBits = await trainOn('free-bits-vae', wide)

const empty = (nats: readonly number[]) => nats.filter((kl) => kl < 0.1).length
const units = { vae: empty(vae.klPerDimension), freeBits: empty(freeBits.klPerDimension) }
console.log('empty units of 20', units, 'least KL of a unit', Math.min(...freeBits.klPerDimension))

assert.ok(units.vae >= 2 && units.freeBits === 0, 'no unit is empty')
assert.ok(Math.min(...freeBits.klPerDimension) > 0.18, 'each uses about the 0.25 nats that are free')
