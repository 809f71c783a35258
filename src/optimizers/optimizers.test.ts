/** Sweeps the optimizer index: a new rule is covered when it is listed. */

import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { fillNormal, streams } from '../base/random.ts'
import { crewWith } from '../engine/onnxruntime/node/crew.ts'
import { referenceEngine } from '../engine/reference.ts'
import { input } from '../graph/ops/input.ts'
import { program } from '../graph/program.ts'
import { downABowl } from '../testing/check-optimizer.ts'
import { arenaOf } from './arena.ts'
import { allOptimizers } from './index.ts'
import { openUpdate } from './update.ts'

const SIZE = 7
const normals = (step: number) =>
  fillNormal(new Float32Array(SIZE), { seed: 1, stream: streams.evaluation, step })

describe.each(allOptimizers)('$name', (optimizer) => {
  const options = z.parse(optimizer.options, {})

  test('the loop on the host and the ops in a program take the same path', async () => {
    const names = Object.keys(optimizer.scalars(1, 0.1, options))
    const next = optimizer.trace(
      input('p', [SIZE]),
      input('g', [SIZE]),
      optimizer.slots.map((slot) => input(slot, [SIZE])),
      Object.fromEntries(names.map((name) => [name, input(`scalar.${name}`, [])])),
      options,
    )
    const slotOutputs = Object.fromEntries(optimizer.slots.map((slot, i) => [`next.${slot}`, next.slots[i]]))
    using rule = await referenceEngine.load(program('rule', { 'next.p': next.parameter, ...slotOutputs }))
    const host = { p: normals(0), slots: optimizer.slots.map(() => new Float32Array(SIZE)) }
    let state: Record<string, Float64Array> = { p: Float64Array.from(host.p) }
    for (const slot of optimizer.slots) state[slot] = new Float64Array(SIZE)
    for (let count = 1; count <= 25; count++) {
      const g = normals(count)
      const scalars = optimizer.scalars(count, 0.05, options)
      optimizer.update(host.p, g, host.slots, scalars, 1, options)
      const given = {
        ...state,
        g,
        ...Object.fromEntries(names.map((name) => [`scalar.${name}`, Float64Array.of(scalars[name])])),
      }
      const feeds = Object.fromEntries(
        Object.entries(given).map(([name, data]) => [
          name,
          { data, shape: name.startsWith('scalar') ? [] : [SIZE] },
        ]),
      )
      const unused = (name: string) =>
        !['p', 'g', ...optimizer.slots].includes(name) && !name.startsWith('scalar')
      const results = await rule.run(
        Object.fromEntries(Object.entries(feeds).filter(([name]) => !unused(name) && uses(name))),
      )
      state = Object.fromEntries(
        ['p', ...optimizer.slots].map((name) => [name, results[`next.${name}`].data as Float64Array]),
      )
    }
    for (let i = 0; i < SIZE; i++) expect(host.p[i]).toBeCloseTo(state.p[i], 4)
    expect(host.p).not.toEqual(normals(0))

    function uses(name: string): boolean {
      return program('inputs', { 'next.p': next.parameter, ...slotOutputs }).inputs.some(
        (one) => one.name === name,
      )
    }
  })

  test('it finds the bottom of a bowl, and `scale` multiplies the gradient', () => {
    const minimize = (scale: number, steps: number) => downABowl(optimizer, options, { scale, steps })
    for (const x of minimize(1, 400)) expect(Math.abs(x)).toBeLessThan(0.05)
    minimize(4, 30).forEach((x, i) => {
      expect(x).toBeCloseTo(minimize(1, 30)[i], 5)
    })
  })
})

const compiled = allOptimizers.filter(({ kernel }) => kernel)

describe.each(compiled)('$name, compiled', (optimizer) => {
  const options = z.parse(optimizer.options, {})

  test('it takes the path of its loop, whatever the length', async () => {
    for (const length of [1, 4, 7, 130]) {
      const draw = (step: number) =>
        fillNormal(new Float32Array(length), { seed: 2, stream: streams.evaluation, step })
      const arena = arenaOf(length, 2 + optimizer.slots.length)
      const [parameters, gradients, ...slots] = arena.arrays
      const update = await openUpdate({ kind: optimizer, options }, arena)
      const twin = { parameters: draw(0), slots: slots.map(() => new Float32Array(length)) }
      parameters.set(twin.parameters)
      for (let count = 1; count <= 50; count++) {
        gradients.set(draw(count))
        update.run(count, 0.01, 0.5)
        const scalars = optimizer.scalars(count, 0.01, options)
        optimizer.update(twin.parameters, gradients, twin.slots, scalars, 0.5, options)
      }
      for (let i = 0; i < length; i++) {
        expect(parameters[i]).toBeCloseTo(twin.parameters[i], 5)
        slots.forEach((slot, k) => {
          expect(slot[i]).toBeCloseTo(twin.slots[k][i], 5)
        })
      }
      expect(parameters).not.toEqual(draw(0))
    }
  })

  test('a crew of threads comes to the same bits, over whole parts and rests of them', async () => {
    for (const length of [5, 16, 1000, 4099]) {
      const draw = (step: number) =>
        fillNormal(new Float32Array(length), { seed: 3, stream: streams.evaluation, step })
      const paths = [undefined, crewWith(1), crewWith(2)].map(async (crewOf) => {
        const arena = arenaOf(length, 2 + optimizer.slots.length, crewOf !== undefined)
        const update = await openUpdate({ kind: optimizer, options }, arena, crewOf)
        const [parameters, gradients] = arena.arrays
        parameters.set(draw(0))
        for (let count = 1; count <= 40; count++) {
          gradients.set(draw(count))
          update.run(count, 0.01, 0.5)
          // Helpers join when they have started.
          await new Promise((resolve) => setTimeout(resolve, count === 20 ? 200 : 0))
        }
        update.dissolve?.()
        return arena.arrays.map((array) => array.slice())
      })
      const [alone, ...shared] = await Promise.all(paths)
      for (const arrays of shared) expect(arrays).toEqual(alone)
      expect(alone[0]).not.toEqual(draw(0))
    }
  })

  test('moments that nothing feeds end at zero, never as denormal numbers', async () => {
    const arena = arenaOf(4, 2 + optimizer.slots.length)
    const [, gradients, ...slots] = arena.arrays
    const update = await openUpdate({ kind: optimizer, options }, arena)
    gradients.fill(1e-12)
    update.run(1, 0.01, 1)
    gradients.fill(0)
    for (let count = 2; count < 500; count++) update.run(count, 0.01, 1)
    for (const slot of slots) for (const x of slot) expect(x === 0 || Math.abs(x) > 1e-30).toBe(true)
    expect(slots[0][0]).toBe(0)
  })
})

test('the first Adam step is the learning rate against the gradient’s sign', () => {
  const adam = allOptimizers.find(({ name }) => name === 'adam')!
  const options = z.parse(adam.options, {})
  const p = Float32Array.of(1, 1)
  adam.update(
    p,
    Float32Array.of(3, -0.2),
    [new Float32Array(2), new Float32Array(2)],
    adam.scalars(1, 0.1, options),
    1,
    options,
  )
  expect(p[0]).toBeCloseTo(0.9, 6)
  expect(p[1]).toBeCloseTo(1.1, 6)
})

test('AdamW shrinks a parameter that has no gradient', () => {
  const adamW = allOptimizers.find(({ name }) => name === 'adamw')!
  const options = z.parse(adamW.options, { weightDecay: 0.5 })
  const p = Float32Array.of(2)
  adamW.update(
    p,
    Float32Array.of(0),
    [new Float32Array(1), new Float32Array(1)],
    adamW.scalars(1, 0.1, options),
    1,
    options,
  )
  expect(p[0]).toBeCloseTo(2 * (1 - 0.1 * 0.5), 6)
})
