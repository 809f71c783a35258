import { expect, test } from 'vitest'
import { array, evaluate, likelihood, losses, traceDensity } from '../../testing/density.testing.ts'

test('three logits give −torch.log_softmax', async () => {
  const { loss, center } = await losses(likelihood('categorical', { classes: 3 }), [0.5, -1, 2], [0, 1, 2])
  const wanted = [1.7413112966571571, 3.241311296657157, 0.24131129665715703]
  for (const [i, nats] of wanted.entries()) expect(loss[i]).toBeCloseTo(nats, 10)
  expect(center).toBe(2)
})

test('two classes are a Bernoulli of the difference of their logits', async () => {
  const two = await losses(likelihood('categorical'), [0.4, 1.5], [0, 1])
  const one = await losses(likelihood('bernoulli'), [1.1], [0, 1])
  for (const i of [0, 1]) expect(two.loss[i]).toBeCloseTo(one.loss[i], 12)
})

test('huge logits stay numbers', async () => {
  const { loss } = await losses(likelihood('categorical'), [1e5, -1e5], [0, 1])
  expect(Array.from(loss)).toEqual([0, 2e5])
})

test('equally probable classes show the first', async () => {
  expect((await losses(likelihood('categorical', { classes: 4 }), [1, 3, 3, 2], [0])).center).toBe(1)
})

test('the logits of a class lie together along the first extent', async () => {
  const { loss, output, density } = traceDensity(likelihood('categorical', { classes: 3 }), 2, [2, 2])
  expect(output.shape).toEqual([2, 6, 2])
  const logits = Array.from({ length: 24 }, (_, i) => Math.sin(i * i))
  const x = [0, 1, 2, 0, 1, 2, 0, 1]
  const said = await evaluate(
    { loss, center: density.center },
    { x: array(x, [2, 2, 2]), output: array(logits, [2, 6, 2]) },
  )
  for (let row = 0; row < 2; row++)
    for (let entry = 0; entry < 4; entry++) {
      const own = [0, 1, 2].map((k) => logits[row * 12 + k * 4 + entry])
      const total = Math.log(own.reduce((sum, logit) => sum + Math.exp(logit), 0))
      const at = row * 4 + entry
      expect(said.loss[at]).toBeCloseTo(total - own[x[at]], 12)
      expect(said.center[at]).toBe(own.indexOf(Math.max(...own)))
    }
})
