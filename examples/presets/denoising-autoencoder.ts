/**
 * denoising-autoencoder: restores what was hidden. It is shown digits of which a quarter of the pixels is black, and
 * must give all of them; a plain autoencoder of the same size takes the black pixels for what they seem to be.
 *
 *     npx betavae train digits --objective denoising-autoencoder --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { type Fitted, grey, say, trainOn } from './digits.ts'
import { changed, difference, normals } from './measures.ts'

using plain = await trainOn('autoencoder', { model: grey })
using denoising = await trainOn('denoising-autoencoder', { model: grey })

/** N(0, 1) is above 0.674 a quarter of the time. */
const chance = normals(plain.heldOut.shape[0], 64).data
const isHidden = (at: number) => chance[at] > 0.674

/** Grey levels off, at hidden pixels alone. */
async function missed({ model, heldOut }: Fitted): Promise<number> {
  const restored = await model.reconstruct(changed(heldOut, (level, at) => (isHidden(at) ? 0 : level)))
  const counted = changed(restored, (level, at) => (isHidden(at) ? level : heldOut.data[at]))
  return 2 * difference(counted, heldOut)
}
const error = { plain: await missed(plain), denoising: await missed(denoising) }
say({ greyLevelsOffWhereHidden: error })

// Over five seeds 42 to 43 against 66 to 68.
assert.ok(error.denoising < 0.75 * error.plain, 'hidden pixels are restored')
