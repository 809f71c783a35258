/**
 * gumbel-vae: a code of categorical variables. Here ten of ten levels carry what a digit looks like, at most 23 nats, and
 * codes drawn level by level look like digits.
 *
 *     npx betavae train digits --objective gumbel-vae --latent 100 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

using gumbel = await trainOn('gumbel-vae', { model: { ...grey, latent: { size: 100 } } })

const { mean } = await gumbel.model.encode(gumbel.heldOut)
const isOneHot = Array.from(mean.data).every((value) => value === 0 || value === 1)
const ones = mean.data.reduce((total, value) => total + value, 0) / mean.shape[0]
const kl = gumbel.metrics.kl ?? Number.NaN
say({ kl, elbo: gumbel.metrics.elbo, ones })

assert.ok(isOneHot && ones === 10, 'a code is ten one-hots')
assert.ok(kl > 5 && kl < 10 * Math.log(10), 'they tell of the digit, and no more than they can')
