/**
 * conditional-vae: encoder, decoder and prior are given the class, so that the code holds the rest. Samples are of the
 * digit that is asked for, a digit becomes another in the same hand, its code where it was among those of that digit, and
 * log p(x|c) is at least the ELBO.
 *
 *     npx betavae train digits --objective conditional-vae --latent 10
 */
import assert from 'node:assert/strict'
import { say, trainOn } from './digits.ts'
import { readBy } from './measures.ts'

using given = await trainOn('conditional-vae')
using plain = await trainOn('vae')

const read = readBy(given.heldOut, given.labels)
const share = (labels: readonly number[], wanted: (at: number) => number): number =>
  labels.filter((label, at) => label === wanted(at)).length / labels.length

// Forty samples of each digit, and each digit held out as the next one.
const asked = Array.from({ length: 400 }, (_, at) => at % 10)
const samples = read(await given.model.sample(400, { where: { label: asked } }))
const condition = { label: given.labels }
const others = given.labels.map((label) => (label + 1) % 10)
const changed = read(await given.model.reconstruct(given.heldOut, { condition, where: { label: others } }))

const found = {
  elbo: { given: given.metrics.elbo, plain: plain.metrics.elbo },
  samplesOfWhatWasAsked: share(samples, (at) => asked[at]),
  becameTheNext: share(changed, (at) => others[at]),
}
say(found)

assert.ok(
  given.metrics.elbo !== null && given.metrics.elbo > (plain.metrics.elbo ?? 0),
  'a digit costs less once its class is known',
)
assert.ok(found.samplesOfWhatWasAsked >= 0.95, 'samples are of the digit that was asked for')
assert.ok(found.becameTheNext >= 0.95, 'a digit becomes the one that is asked for')
