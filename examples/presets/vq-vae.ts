/**
 * vq-vae: at each position an entry of a learned codebook. Ten of 64 entries are a digit here, all of which are used, and a
 * prior that takes one position after another knows which go together: its samples are far nearer to digits than codes of any
 * entries.
 *
 *     npx betavae train digits --objective vq-vae --latent 40 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { chance } from '../chance.ts'
import { grey, say, trainOn } from './digits.ts'
import { difference, energyDistance } from './measures.ts'

const [POSITIONS, NUMBERS] = [10, 4]

using vq = await trainOn('vq-vae', { model: { ...grey, latent: { size: POSITIONS * NUMBERS } } })
using plain = await trainOn('autoencoder', { model: grey })

const away = async ({ model, heldOut }: typeof vq) => difference(await model.reconstruct(heldOut), heldOut)
const greyLevels = { vq: await away(vq), plain: await away(plain) }

const { mean } = await vq.model.encode(vq.heldOut)
const codes = Float32Array.from(mean.data)
const entryAt = (at: number) => codes.subarray(at * NUMBERS, (at + 1) * NUMBERS)
const counts = new Map<string, number>()
for (let at = 0; at < codes.length / NUMBERS; at++) {
  const name = entryAt(at).join()
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
const shares = [...counts.values()].map((count) => (count * NUMBERS) / codes.length)
const perplexity = Math.exp(-shares.reduce((sum, share) => sum + share * Math.log(share), 0))

const entries = [...counts.keys()].map((name) => name.split(',').map(Number))
const uniform = chance(1)
const anyEntries = Float32Array.from(
  Array.from({ length: 400 * POSITIONS }, () => entries[Math.floor(uniform() * entries.length)]).flat(),
)
const decoded = await vq.model.decode({ data: anyEntries, shape: [400, POSITIONS * NUMBERS] })
const distances = {
  prior: energyDistance(await vq.model.sample(400, { from: 'prior', seed: 1 }), vq.heldOut),
  anyEntries: energyDistance(decoded, vq.heldOut),
}
const kl = vq.metrics.kl ?? Number.NaN
say({ greyLevels, used: entries.length, perplexity, kl, uniformRate: POSITIONS * Math.log(64), distances })

assert.ok(perplexity > 32, 'more than half of the codebook is used alike')
assert.ok(kl < 0.9 * POSITIONS * Math.log(64), 'the prior knows which entries go together')
assert.ok(distances.prior < distances.anyEntries / 3, 'and draws digits')
assert.ok(greyLevels.vq < greyLevels.plain * 1.5, 'digits come back nearly as well')
