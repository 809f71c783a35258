import { expect, test } from 'vitest'
import { takeRows } from '../base/arrays.ts'
import { gather, pickExamples } from './gather.ts'
import { bars, runOf, table, withActive } from './world.testing.ts'

test('images of a stochastic model: everything in the shape of the data, strongest dimension first', async () => {
  const { model, heldOut, evaluation } = await runOf(bars())
  const pictures = await gather(model, { ...heldOut!, dtype: 'uint8' }, withActive(evaluation, 2))
  expect(pictures.medium).toEqual({ kind: 'image', range: [0, 255] })
  expect(pictures.originals.shape).toEqual([12, 1, 4, 4])
  expect(pictures.reconstructions).toEqual(await model.reconstruct(pictures.originals))
  expect(pictures.samples).toEqual(await model.sample(64))
  expect(pictures.samplesFrom).toBe('prior')
  expect(pictures.positions).toHaveLength(11)
  expect([pictures.positions[0], pictures.positions[5], pictures.positions[10]]).toEqual([-3, 0, 3])
  expect(pictures.traversals).toHaveLength(2)
  const [first, second] = pictures.traversals
  expect(first.kl).toBeGreaterThanOrEqual(second.kl as number)
  expect(first.kl).toBe(evaluation.klPerDimension?.[first.dimension])
  expect(first.rows).toEqual(await model.traverse(first.dimension, pictures.positions))
  expect(pictures.interpolations[0].shape).toEqual([11, 1, 4, 4])
  const ends = takeRows(pictures.reconstructions, [0])
  takeRows(pictures.interpolations[0], [0]).data.forEach((value, i) => {
    expect(value).toBeCloseTo(ends.data[i], 3)
  })
  expect(pictures.map?.axes[0]).toMatch(/^PC 1 · [\d.]+ % of variance$/)
  expect(pictures.map?.points.shape).toEqual([12, 2])
  expect(pictures.map?.coloring).toMatchObject({ name: 'class' })
  expect(pictures.map?.coloring?.values).toHaveLength(12)
})

test('a model that is told the class: each class is drawn, and each example is shown as every class', async () => {
  const draft = { objective: { name: 'conditional-vae' } }
  const { model, heldOut, evaluation } = await runOf({ ...bars(), draft })
  const { byCondition } = await gather(model, { ...heldOut!, dtype: 'uint8' }, withActive(evaluation, 2))
  const { name, levels, left, draws, samples, changed } = byCondition!
  expect([name, levels, left]).toEqual(['label', [0, 1], 0])
  const ones = await model.sample(2 * draws, {
    where: { label: levels.flatMap((l) => Array(draws).fill(l)) },
  })
  expect(samples).toEqual(ones)
  const [{ original, own, rows }] = changed
  const condition = { label: own }
  expect(takeRows(rows, [Number(own)])).toEqual(await model.reconstruct(original, { condition }))
  const other = levels[1 - Number(own)]
  expect(takeRows(rows, [Number(other)])).toEqual(
    await model.reconstruct(original, { condition, where: { label: other } }),
  )
})

test('no active unit: nothing to traverse, yet a map', async () => {
  const { model, heldOut, evaluation } = await runOf(bars())
  const { traversals, map } = await gather(model, { ...heldOut!, dtype: 'uint8' }, withActive(evaluation, 0))
  expect(traversals).toEqual([])
  expect(map?.points.shape).toEqual([12, 2])
})

test('a deterministic latent: samples from fitted codes, traversals around their mean', async () => {
  const { model, heldOut, evaluation } = await runOf({
    rows: table(6),
    draft: { objective: { name: 'autoencoder' } },
  })
  const pictures = await gather(model, { ...heldOut!, dtype: 'float32' }, evaluation)
  expect(pictures.medium).toMatchObject({
    kind: 'table',
    columns: ['column 1', 'column 2', 'column 3', 'column 4', 'column 5', 'column 6'],
  })
  expect(pictures.samplesFrom).toBe('gmm')
  expect(pictures.samples.shape).toEqual([150, 6])
  expect(pictures.samples.data.every(Number.isFinite)).toBe(true)
  const deviations = pictures.traversals.map(({ deviation }) => deviation)
  expect(deviations).toEqual([...deviations].sort((a, b) => b - a))
  const middles = pictures.traversals.map(({ rows }) => [...takeRows(rows, [5]).data])
  for (const middle of middles) expect(middle).toEqual(middles[0])
})

test('a prior of its own: traversals around the mean of the codes, not around an origin that it does not have', async () => {
  const { model, heldOut, evaluation } = await runOf({
    rows: table(6),
    draft: { objective: { name: 'vamp-vae' }, model: { prior: { name: 'vamp', components: 4 } } },
  })
  expect(evaluation.klPerDimension).toBeNull()
  const active = withActive(evaluation, 2)
  const { traversals, samplesFrom } = await gather(model, { ...heldOut!, dtype: 'float32' }, active)
  expect(samplesFrom).toBe('prior')
  expect(traversals).toHaveLength(2)
  const byDefault = await model.traverse(0, [(await model.spread()).mean[0]])
  const middle = await model.decode({ data: (await model.spread('prior')).mean, shape: [1, 3] })
  expect([...byDefault.data]).toEqual([...middle.data])
  const { mean } = await model.encode(heldOut!.rows)
  const center = [0, 1, 2].map((unit) => {
    const column = [...mean.data].filter((_, i) => i % 3 === unit)
    return column.reduce((a, b) => a + b) / column.length
  })
  const { data } = await model.decode({ data: Float32Array.from(center), shape: [1, 3] })
  for (const { rows } of traversals)
    takeRows(rows, [5]).data.forEach((value, i) => {
      expect(value).toBeCloseTo(data[i], 4)
    })
})

test('columns of a table span their held-out values', async () => {
  const { model, heldOut, evaluation } = await runOf({ rows: table(2) })
  const { medium } = await gather(model, { ...heldOut!, dtype: 'float32', columns: ['a', 'b'] }, evaluation)
  const second = [...heldOut!.rows.data].filter((_, i) => i % 2 === 1)
  expect(medium).toMatchObject({ columns: ['a', 'b'] })
  expect(medium.kind === 'table' && medium.ranges[1]).toEqual([Math.min(...second), Math.max(...second)])
})

test('examples are picked from every class in turn', () => {
  expect(pickExamples(6, 4, [2, 2, 1, 1, 0, 2])).toEqual([4, 2, 0, 3])
  expect(pickExamples(3, 12, [0, 0, 0])).toEqual([0, 1, 2])
  expect(pickExamples(6, 4)).toEqual([0, 1, 2, 3])
})
