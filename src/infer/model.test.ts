import { describe, expect, test } from 'vitest'
import { type NDArray, ndarray } from '../base/arrays.ts'
import type { Engine } from '../engine/engine.ts'
import { referenceEngine } from '../engine/reference.ts'
import { createModel } from './create-model.ts'
import { example, gaussianModel, linearRows, linearValues } from './linear-gaussian.testing.ts'
import type { Model } from './model.ts'

const parts = { spec: gaussianModel, example, values: linearValues(), hasPrior: true }
const { x } = linearRows(3)
const row = (count = 1) => ndarray(x.data.slice(0, count * 4), [count, 4])

/** The reference engine, with the programs that it has loaded and that are still alive. */
function countingEngine(refused?: string): { engine: Engine; alive: Set<string>; loads: string[] } {
  const alive = new Set<string>()
  const loads: string[] = []
  const engine: Engine = {
    ...referenceEngine,
    async load(program, options) {
      if (program.name === refused) throw new Error('no room')
      const executable = await referenceEngine.load(program, options)
      const key = `${program.name} ${loads.push(program.name)}`
      alive.add(key)
      const dispose = () => {
        alive.delete(key)
        executable.dispose()
      }
      return { ...executable, dispose, [Symbol.dispose]: dispose }
    },
  }
  return { engine, alive, loads }
}

describe('dispose', () => {
  test('frees everything, however many scored at once', async () => {
    const { engine, alive, loads } = countingEngine()
    const model = await createModel(engine, parts)
    await Promise.all([model.score(row()), model.score(row()), model.score(row())])
    expect(loads).toEqual(['encoder', 'decoder', 'score'])
    model.dispose()
    model.dispose()
    expect([...alive]).toEqual([])
  })

  test('frees what was still being loaded', async () => {
    const { engine, alive } = countingEngine()
    const model = await createModel(engine, parts)
    const scored = model.score(row())
    model.dispose()
    await expect(scored).rejects.toThrow('[infer/disposed]')
    expect([...alive]).toEqual([])
  })

  test.each<[string, (model: Model) => Promise<unknown>]>([
    ['encode', (model) => model.encode(row())],
    ['decode', (model) => model.decode(ndarray(new Float32Array(3), [1, 3]))],
    ['reconstruct', (model) => model.reconstruct(row())],
    ['sample', (model) => model.sample(1)],
    ['score', (model) => model.score(row())],
    ['traverse', (model) => model.traverse(0, [1])],
    ['interpolate', (model) => model.interpolate(row(), row(), 2)],
  ])('%s afterwards is refused', async (_, call) => {
    const { engine, alive } = countingEngine()
    const model = await createModel(engine, parts)
    model.dispose()
    await expect(call(model)).rejects.toMatchObject({
      message:
        'a model used after dispose(); wanted a model that is still open. Fix: open the model again, or dispose of it later. [infer/disposed]',
    })
    expect([...alive]).toEqual([])
  })

  test('is not needed where the decoder cannot be loaded', async () => {
    const { engine, alive } = countingEngine('decoder')
    await expect(createModel(engine, parts)).rejects.toThrow('no room')
    expect([...alive]).toEqual([])
  })
})

describe('what is given is checked', async () => {
  const model = await createModel(referenceEngine, parts)
  const refused = async (call: () => Promise<unknown>): Promise<string> => {
    // Every refusal is a rejection: none may be thrown before there is a promise.
    const promise = call()
    return promise.then(
      () => 'taken',
      (error: Error) => error.message,
    )
  }
  const refusals = async (calls: readonly (() => Promise<unknown>)[]) =>
    `\n${(await Promise.all(calls.map(refused))).join('\n')}\n`
  const as = (value: unknown) => value as NDArray

  test('arrays', async () => {
    const nan = row(3)
    nan.data[6] = Number.NaN
    expect(
      await refusals([
        () => model.encode(as(undefined)),
        () => model.encode(as([[1, 2, 3, 4]])),
        () => model.score(as({ data: [1, 2, 3, 4], shape: [1, 4] })),
        () => model.encode(as({ data: new Float32Array(4), shape: '14' })),
        () => model.encode(as({ data: new BigInt64Array(4), shape: [1, 4] })),
        () => model.encode(as({ data: new Float32Array(5), shape: [1, 4] })),
        () => model.encode(as({ data: new Float32Array(4), shape: [] })),
        () => model.reconstruct(nan),
        () => model.decode(as(null)),
        () => model.decode(ndarray(Float32Array.of(0, 1, Number.POSITIVE_INFINITY), [1, 3])),
        () => model.decode(ndarray(new Float32Array(4), [1, 4])),
      ]),
    ).toMatchInlineSnapshot(`
      "
      rows that are not a typed array with its shape; wanted { data, shape } with a Float32Array, Float64Array, Uint8Array or Int32Array as data. Fix: make it with ndarray(Float32Array.from(numbers), [rows, ...shape]). [infer/array]
      rows that are not a typed array with its shape; wanted { data, shape } with a Float32Array, Float64Array, Uint8Array or Int32Array as data. Fix: make it with ndarray(Float32Array.from(numbers), [rows, ...shape]). [infer/array]
      rows that are not a typed array with its shape; wanted { data, shape } with a Float32Array, Float64Array, Uint8Array or Int32Array as data. Fix: make it with ndarray(Float32Array.from(numbers), [rows, ...shape]). [infer/array]
      rows that are not a typed array with its shape; wanted { data, shape } with a Float32Array, Float64Array, Uint8Array or Int32Array as data. Fix: make it with ndarray(Float32Array.from(numbers), [rows, ...shape]). [infer/array]
      rows that are not a typed array with its shape; wanted { data, shape } with a Float32Array, Float64Array, Uint8Array or Int32Array as data. Fix: make it with ndarray(Float32Array.from(numbers), [rows, ...shape]). [infer/array]
      5 numbers for shape [1, 4]; wanted 4 numbers. Fix: give the shape that belongs to the data. [array/size]
      4 numbers for shape []; wanted 1 numbers. Fix: give the shape that belongs to the data. [array/size]
      rows with NaN in row 1; wanted finite numbers. Fix: leave such rows out, or fill in what is missing. [infer/not-finite]
      codes that are not a typed array with its shape; wanted { data, shape } with a Float32Array, Float64Array, Uint8Array or Int32Array as data. Fix: make it with ndarray(Float32Array.from(numbers), [rows, ...shape]). [infer/array]
      codes with Infinity in row 0; wanted finite numbers. Fix: leave such rows out, or fill in what is missing. [infer/not-finite]
      codes of shape [1, 4]; wanted [n, 3] with n of at least 1. Fix: give 3 numbers for each code. [infer/codes]
      "
    `)
  })

  test('numbers', async () => {
    expect(
      await refusals([
        () => model.sample(0),
        () => model.sample(2.5),
        () => model.sample(Number.NaN),
        () => model.sample(1, { seed: -1 }),
        () => model.sample(1, { seed: 2 ** 53 }),
        () => model.score(row(), { seed: 0.5 }),
        () => model.interpolate(row(), row(), 0),
        () => model.interpolate(row(), row(), 1.5),
        () => model.interpolate(row(2), row(), 3),
        () => model.interpolate(row(), row(3), 3),
        () => model.traverse(3, [0]),
        () => model.traverse(0, []),
        () => model.traverse(0, [0, Number.NaN]),
        () => model.traverse(0, 3 as unknown as number[]),
        () => model.traverse(0, [0], { base: [1, 2] }),
        () => model.traverse(0, [0], { base: [1, 2, 3, 4] }),
        () => model.traverse(0, [0], { base: [1, 2, Number.NaN] }),
      ]),
    ).toMatchInlineSnapshot(`
      "
      count 0; wanted a whole number of at least 1. Fix: give count as a whole number. [infer/count]
      count 2.5; wanted a whole number of at least 1. Fix: give count as a whole number. [infer/count]
      count NaN; wanted a whole number of at least 1. Fix: give count as a whole number. [infer/count]
      seed -1; wanted a whole number from 0 to 2^53 − 1. Fix: give such a number, or none for 0. [infer/seed]
      seed 9007199254740992; wanted a whole number from 0 to 2^53 − 1. Fix: give such a number, or none for 0. [infer/seed]
      seed 0.5; wanted a whole number from 0 to 2^53 − 1. Fix: give such a number, or none for 0. [infer/seed]
      steps 0; wanted a whole number of at least 1. Fix: give steps as a whole number. [infer/count]
      steps 1.5; wanted a whole number of at least 1. Fix: give steps as a whole number. [infer/count]
      2 rows for one end of an interpolation; wanted exactly one row for each end. Fix: interpolate between two examples at a time. [infer/ends]
      3 rows for one end of an interpolation; wanted exactly one row for each end. Fix: interpolate between two examples at a time. [infer/ends]
      code dimension 3; wanted a whole number from 0 to 2. Fix: choose one of the dimensions that the model has. [infer/dimension]
      positions []; wanted a list of at least one finite number. Fix: give for example [-3, 0, 3]. [infer/positions]
      positions [0, NaN]; wanted a list of at least one finite number. Fix: give for example [-3, 0, 3]. [infer/positions]
      positions that are not a list; wanted a list of at least one finite number. Fix: give for example [-3, 0, 3]. [infer/positions]
      a base code of 2 numbers; wanted exactly 3 finite numbers. Fix: give the mean that encode() finds for one example. [infer/base]
      a base code of 4 numbers; wanted exactly 3 finite numbers. Fix: give the mean that encode() finds for one example. [infer/base]
      a base code of 3 numbers, not all finite; wanted exactly 3 finite numbers. Fix: give the mean that encode() finds for one example. [infer/base]
      "
    `)
  })

  test('what is right is taken', async () => {
    expect((await model.sample(2, { seed: 2 ** 53 - 1 })).shape).toEqual([2, 4])
    expect((await model.interpolate(row(), row(), 1)).shape).toEqual([1, 4])
    const { mean } = await model.encode(row())
    const { data } = await model.traverse(1, [mean.data[1]], { base: mean.data })
    expect([...data]).toEqual([...(await model.reconstruct(row())).data])
  })
})

test('rows scored part by part come to what they come to together', async () => {
  using model = await createModel(referenceEngine, parts)
  const whole = await model.score(row(3), { seed: 4 })
  const last = await model.score(ndarray(x.data.slice(4, 12), [2, 4]), { seed: 4, first: 1 })
  expect(last.elbo).toEqual(whole.elbo?.slice(1))
  const alone = await model.score(ndarray(x.data.slice(4, 12), [2, 4]), { seed: 4 })
  expect(alone.elbo).not.toEqual(last.elbo)
  await expect(model.score(row(), { first: -1 })).rejects.toThrow('[infer/seed]')
})
