/**
 * sparse-autoencoder: a code with room to spare, 64 units for 64 pixels, of which each digit uses a few.
 *
 *     npx betavae train digits --objective sparse-autoencoder --latent 64
 */
import assert from 'node:assert/strict'
import { type Fitted, say, trainOn } from './digits.ts'
import { rowsOf } from './measures.ts'

const wide = { model: { latent: { size: 64 } } }
using plain = await trainOn('autoencoder', wide)
using sparse = await trainOn('sparse-autoencoder', wide)

/** Share of units below a tenth of the strongest one of their digit. */
async function quiet({ model, heldOut }: Fitted): Promise<number> {
  const codes = rowsOf((await model.encode(heldOut)).mean).map((row) => row.map(Math.abs))
  const counts = codes.map((row) => row.filter((unit) => unit < 0.1 * Math.max(...row)).length)
  return counts.reduce((sum, count) => sum + count, 0) / counts.length / 64
}
const share = { plain: await quiet(plain), sparse: await quiet(sparse) }
const reconstruction = { plain: plain.metrics.reconstruction, sparse: sparse.metrics.reconstruction }
say({ quietUnits: share, reconstruction })

// Over five seeds 27 to 31% against 15 to 17%, for 0.2 to 0.3 of the 27 nats that a digit costs without a code.
assert.ok(share.sparse > 1.5 * share.plain, 'more units are quiet')
assert.ok(reconstruction.sparse < reconstruction.plain + 1, 'and digits cost little more')
