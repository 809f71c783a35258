/**
 * dip-vae-2: codes, not only their means, that are uncorrelated and of variance 1, by a penalty on their covariance.
 *
 *     npx betavae train digits --objective dip-vae-2 --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'
import { awayFromIdentity, codesOf, covariance } from './measures.ts'

using vae = await trainOn('vae', { model: grey })
using dip = await trainOn('dip-vae-2', { model: grey })

const away = {
  vae: awayFromIdentity(covariance(await codesOf(vae))),
  dip: awayFromIdentity(covariance(await codesOf(dip))),
}
say({ awayFromIdentity: away })

// Over five seeds 0.05 against 0.08, and 0.06 to 0.08 against 0.14 to 0.17.
assert.ok(away.dip.between < 0.8 * away.vae.between, 'codes are uncorrelated')
assert.ok(away.dip.own < 0.75 * away.vae.own, 'and of variance 1')
