/**
 * autoencoder: reconstruction alone. A code of 10 numbers for 64 pixels, and what hidden layers are worth: without
 * them it is a principal component analysis.
 *
 *     npx betavae train digits --objective autoencoder --latent 10
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'
import { difference } from './measures.ts'

using deep = await trainOn('autoencoder', { model: grey })
using linear = await trainOn('autoencoder', { model: { ...grey, architecture: { name: 'mlp', hidden: [] } } })

const error = {
  deep: difference(await deep.model.reconstruct(deep.heldOut), deep.heldOut),
  linear: difference(await linear.model.reconstruct(linear.heldOut), linear.heldOut),
}
say({ greyLevelsOff: error })

// Over five seeds 26 against 40 to 44.
assert.ok(error.deep < 0.8 * error.linear, 'hidden layers make the same code tell more')
