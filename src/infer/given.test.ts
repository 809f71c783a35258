import { describe, expect, test } from 'vitest'
import { joinedRows } from '../base/arrays.ts'
import { datasetOf } from '../data/dataset.ts'
import { referenceEngine } from '../engine/reference.ts'
import { allViews, initialParameters } from '../optimizers/layout.ts'
import { completeRecipe } from '../recipe/complete.ts'
import { planOf } from '../recipe/plan.ts'
import { planLayouts } from '../train/plan-layouts.ts'
import { createModel } from './create-model.ts'
import type { Given } from './given.ts'
import { drawnConditions } from './kept-conditions.ts'
import { CONDITIONS } from './model-parts.ts'

const COUNT = 40
const data = Float32Array.from({ length: COUNT * 3 }, (_, at) => Math.sin(at))
const ages = Float64Array.from({ length: COUNT }, (_, row) => (row % 2 === 0 ? 10 : 50) + row / COUNT)
const dataset = datasetOf(
  { data, shape: [COUNT, 3] },
  {
    name: 'people',
    labels: Int32Array.from({ length: COUNT }, (_, row) => row % 2),
    classes: ['child', 'adult'],
    known: { age: { read: (indices) => Float64Array.from(indices, (index) => ages[index]) } },
  },
)
const rows = { data: data.slice(0, 6), shape: [2, 3] }
const both: Given = { label: ['child', 'adult'], age: [10, 50] }

/** A model with drawn parameters, on the reference engine. */
async function modelOf(condition?: string[]) {
  const recipe = completeRecipe(
    {
      data: { source: 'people', ...(condition && { condition }) },
      model: { architecture: { name: 'mlp', hidden: [5] }, latent: { size: 2 } },
    },
    dataset,
  )
  const plan = await planOf(recipe, dataset)
  const layouts = planLayouts(plan)
  const drawn = allViews(layouts, initialParameters(layouts, 3))
  const kept = plan.train.dataset.condition?.read(plan.train.indices)
  return createModel(referenceEngine, {
    spec: recipe.model,
    example: plan.example,
    values: { ...plan.scaling, ...drawn, ...(kept && { [CONDITIONS]: kept }) },
    hasPrior: true,
  })
}

describe('a model that is given a condition', async () => {
  const model = await modelOf(['label', 'age'])

  test('says what it is given, and that changes codes, what they come to, and what a row costs', async () => {
    expect(model.condition?.map(({ name }) => name)).toEqual(['label', 'age'])
    const other: Given = { ...both, label: 'adult' }
    const [a, b] = [
      await model.encode(rows, { condition: both }),
      await model.encode(rows, { condition: other }),
    ]
    // The second row was an adult before.
    expect(a.mean.data.slice(2)).toEqual(b.mean.data.slice(2))
    expect(a.mean.data.slice(0, 2)).not.toEqual(b.mean.data.slice(0, 2))
    const [x, y] = [
      await model.decode(a.mean, { condition: both }),
      await model.decode(a.mean, { condition: other }),
    ]
    expect(x.data.slice(0, 3)).not.toEqual(y.data.slice(0, 3))
    const [first, second] = [
      await model.score(rows, { condition: both }),
      await model.score(rows, { condition: other }),
    ]
    expect(first.elbo?.[0]).not.toBe(second.elbo?.[0])
    expect(first.elbo?.[1]).toBe(second.elbo?.[1])
  })

  test('a counterfactual keeps the code and changes the condition', async () => {
    const { mean } = await model.encode(rows, { condition: both })
    const changed = await model.reconstruct(rows, { condition: both, where: { label: 'adult' } })
    const wanted = await model.decode(mean, { condition: { ...both, label: 'adult' } })
    expect(changed.data).toEqual(wanted.data)
  })

  test('an interpolation goes from one condition to the other', async () => {
    const [from, to] = [
      { data: data.slice(0, 3), shape: [1, 3] },
      { data: data.slice(3, 6), shape: [1, 3] },
    ]
    const line = await model.interpolate(from, to, 3, { condition: both })
    const ends = await model.reconstruct(joinedRows([from, to]), { condition: both })
    expect(line.data.slice(0, 3)).toEqual(ends.data.slice(0, 3))
    expect(line.data.slice(6)).toEqual(ends.data.slice(3))
  })

  test('samples are of what is asked for, the rest as it goes with that', () => {
    const condition = model.condition ?? []
    const kept = { [CONDITIONS]: conditionsOf(condition) }
    const drawn = drawnConditions(condition, kept, { where: { label: 'adult' }, count: 50, seed: 1 })
    const deviations = Array.from({ length: 50 }, (_, row) => drawn.data[row * 3 + 2])
    // Adults are older than the mean of all.
    expect(deviations.every((age) => age > 0)).toBe(true)
    expect(new Set(deviations).size).toBeGreaterThan(5)
    const fixed = drawnConditions(condition, kept, {
      where: { label: ['adult', 'child'], age: 50 },
      count: 2,
      seed: 1,
    })
    expect(Array.from(fixed.data.slice(0, 2))).toEqual([0, 1])
    expect(Array.from(fixed.data.slice(3, 5))).toEqual([1, 0])
    expect(fixed.data[2]).toBe(fixed.data[5])
  })

  test('sampling and traversing need nothing said', async () => {
    expect((await model.sample(4, { seed: 2 })).shape).toEqual([4, 3])
    expect(await model.sample(2, { where: both })).toEqual(await model.sample(2, { where: both }))
    const usual = await model.traverse(0, [0, 1])
    const adult = await model.traverse(0, [0, 1], { where: { label: 'adult' } })
    expect(usual.shape).toEqual(adult.shape)
    expect(usual.data).not.toEqual(adult.data)
  })

  test('refuses rows without it, unknown names and values, and lists of another length', async () => {
    await expect(model.encode(rows)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: rows or codes without label, age; wanted the condition of each, label: child, adult; age: a number. Fix: give the condition as an object with label, age, each one value for all or one for each. [infer/condition]]`,
    )
    await expect(
      model.encode(rows, { condition: { label: 'child' } }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: rows or codes without age; wanted the condition of each, label: child, adult; age: a number. Fix: give the condition as an object with label, age, each one value for all or one for each. [infer/condition]]`,
    )
    await expect(model.sample(2, { where: { label: 'elder' } })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: label = "elder"; wanted one of child, adult. Fix: give a value that training knew. [condition/value]]`,
    )
    await expect(model.sample(2, { where: { sex: 'f' } })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: the condition "sex"; wanted one of label, age. Fix: name what the model is given. [infer/condition]]`,
    )
    await expect(
      model.sample(3, { where: { label: ['child', 'adult'] } }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 2 values of label; wanted 1 or 3. Fix: give one for all, or one for each row. [infer/condition]]`,
    )
    const encoded = { data: new Float32Array(4), shape: [2, 2] }
    await expect(model.encode(rows, { condition: encoded })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a condition of shape [2, 2]; wanted [2, 3]. Fix: give a row for each. [infer/condition]]`,
    )
  })
})

const conditionsOf = (condition: NonNullable<Awaited<ReturnType<typeof modelOf>>['condition']>) => {
  const age = condition[1]
  const scaled = (value: number) => ('mean' in age ? (value - age.mean) / age.deviation : value)
  const encoded = Array.from(ages, (value, row) => [row % 2 === 0 ? 1 : 0, row % 2, scaled(value)]).flat()
  return { data: Float32Array.from(encoded), shape: [COUNT, 3] }
}

test('a model that is given none refuses one', async () => {
  const plain = await modelOf()
  expect(plain.condition).toBeUndefined()
  await expect(plain.sample(2, { where: { label: 1 } })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a condition for a model that is given none; wanted rows or codes alone. Fix: leave --where out (in code the condition), or train with --condition. [infer/condition]]`,
  )
  await expect(plain.encode(rows, { condition: { label: 1 } })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a condition for a model that is given none; wanted rows or codes alone. Fix: leave --where out (in code the condition), or train with --condition. [infer/condition]]`,
  )
  expect((await plain.decode({ data: new Float32Array(2), shape: [1, 2] }, { where: {} })).shape).toEqual([
    1, 3,
  ])
})
