/**
 * joint-vae: numbers beside a variable of ten levels, each with a capacity of its own, so that the numbers do not take
 * all that there is to tell.
 *
 *     npx betavae train digits --objective joint-vae --latent 18 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

const targets = { numbers: 'linear(0, 8, 400)', levels: 'linear(0, 2, 400)' }
using joint = await trainOn('joint-vae', {
  model: { ...grey, latent: { size: 18 } },
  terms: [
    { term: 'joint-capacity', weight: 20, ...targets },
    { term: 'relaxation', weight: 0.67 },
  ],
})

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const numbers = sum(joint.klPerDimension.slice(0, 8))
const levels = sum(joint.klPerDimension.slice(8))
say({ numbers, levels })

assert.ok(Math.abs(numbers - 8) < 1, 'numbers carry their 8 nats')
assert.ok(Math.abs(levels - 2) < 0.3, 'the levels carry their 2')
