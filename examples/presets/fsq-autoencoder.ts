/**
 * fsq-autoencoder: numbers rounded to a few levels. Ten of them are one of 40 million codes, and digits come back nearly as well
 * as from numbers that are not rounded.
 *
 *     npx betavae train digits --objective fsq-autoencoder --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'
import { difference, rowsOf } from './measures.ts'

using fsq = await trainOn('fsq-autoencoder', { model: grey })
using plain = await trainOn('autoencoder', { model: grey })

const away = async ({ model, heldOut }: typeof fsq) => difference(await model.reconstruct(heldOut), heldOut)
const greyLevels = { fsq: await away(fsq), plain: await away(plain) }
const { mean } = await fsq.model.encode(fsq.heldOut)
const levels = rowsOf(mean)[0].map((_, at) => new Set(rowsOf(mean).map((row) => row[at])).size)
const kl = fsq.metrics.kl ?? Number.NaN
say({ greyLevels, kl, levels })

const counts = [8, 5, 5, 5, 8, 5, 5, 5, 8, 5]
assert.ok(
  counts.every((count, at) => levels[at] <= count && levels[at] >= count / 2),
  'most levels are used',
)
const wanted = counts.reduce((total, count) => total + Math.log(count), 0)
assert.ok(Math.abs(kl - wanted) < 1e-3, 'the rate is the log of the number of codes')
assert.ok(greyLevels.fsq < greyLevels.plain * 1.5, 'digits come back nearly as well')
