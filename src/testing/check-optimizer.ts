import * as z from 'zod/mini'
import type { NDArray } from '../base/arrays.ts'
import { fillNormal, streams } from '../base/random.ts'
import type { Feeds } from '../engine/engine.ts'
import { input } from '../graph/ops/input.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { apart, array, evaluated } from './evaluated.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { wordsFlaws } from './words.ts'

const SIZE = 7
const STEPS = 25
/** Of the loop in float32 from the ops in float64. */
const NEAR = 1e-4

const normals = (step: number): Float32Array =>
  fillNormal(new Float32Array(SIZE), { seed: 1, stream: streams.evaluation, step })

/** Whether the two lowerings of a rule take one path, that leads down, and both multiply gradients by the scale. */
export const checkOptimizer = (optimizer: Optimizer): Promise<readonly Flaw[]> =>
  flawsOf('update', async () => {
    const options = z.parse(optimizer.options, {})
    return [
      ...wordsFlaws(optimizer, options),
      ...(await paths(optimizer, options)),
      ...bowls(optimizer, options),
    ]
  })

/** The loop on the host and the ops in a program, side by side. */
async function paths(optimizer: Optimizer, options: unknown): Promise<readonly Flaw[]> {
  const names = Object.keys(optimizer.scalars(1, 0.1, options))
  const next = optimizer.trace(
    input('p', [SIZE]),
    input('g', [SIZE]),
    optimizer.slots.map((slot) => input(`slot.${slot}`, [SIZE])),
    Object.fromEntries(names.map((name) => [name, input(`scalar.${name}`, [])])),
    options,
  )
  if (next.slots.length !== optimizer.slots.length)
    return [
      {
        check: 'slots',
        said: `${next.slots.length} in a program, ${optimizer.slots.length} named; wanted one number`,
      },
    ]
  const outputs = {
    next: next.parameter,
    ...Object.fromEntries(next.slots.map((slot, i) => [`next.${i}`, slot])),
  }
  const host = { p: normals(0), slots: optimizer.slots.map(() => new Float32Array(SIZE)) }
  let device: { readonly p: Float64Array; readonly slots: readonly Float64Array[] } = {
    p: Float64Array.from(host.p),
    slots: host.slots.map((slot) => Float64Array.from(slot)),
  }
  for (let count = 1; count <= STEPS; count++) {
    const g = normals(count)
    const scalars = optimizer.scalars(count, 0.05, options)
    optimizer.update(host.p, g, host.slots, scalars, 1, options)
    const vector = (data: Float32Array | Float64Array): NDArray => ({
      data: Float64Array.from(data),
      shape: [SIZE],
    })
    const feeds: Feeds = {
      ...{ p: vector(device.p), g: vector(g) },
      ...Object.fromEntries(optimizer.slots.map((slot, i) => [`slot.${slot}`, vector(device.slots[i])])),
      ...Object.fromEntries(names.map((name) => [`scalar.${name}`, array([scalars[name]], [])])),
    }
    const found: Record<string, Float64Array> = await evaluated(outputs, feeds)
    device = { p: found.next, slots: optimizer.slots.map((_, i) => found[`next.${i}`]) }
  }
  return [
    ...flawUnless(
      apart(host.p, device.p) < NEAR && host.slots.every((slot, i) => apart(slot, device.slots[i]) < NEAR),
      'lowerings',
      () => `after ${STEPS} steps update and trace are ${apart(host.p, device.p)} apart; wanted one path`,
    ),
    ...flawUnless(
      apart(host.p, normals(0)) > 0,
      'update',
      () => 'parameters that stay where they are; wanted steps',
    ),
  ]
}

/** Where steps lead from (2, −1) down a bowl whose gradients are too small by the scale that they are multiplied with. */
export function downABowl(
  optimizer: Optimizer,
  options: unknown,
  { scale, steps }: { readonly scale: number; readonly steps: number },
): Float32Array {
  const p = Float32Array.of(2, -1)
  const slots = optimizer.slots.map(() => new Float32Array(2))
  for (let count = 1; count <= steps; count++)
    optimizer.update(
      p,
      p.map((x) => x / scale),
      slots,
      optimizer.scalars(count, 0.05, options),
      scale,
      options,
    )
  return p
}

/** Whether it finds the bottom of a bowl, on the same path whatever gradients are multiplied with. */
function bowls(optimizer: Optimizer, options: unknown): Flaw[] {
  const minimize = (scale: number, steps: number) => downABowl(optimizer, options, { scale, steps })
  const [bottom, plain, scaled] = [minimize(1, 2000), minimize(1, 20), minimize(1024, 20)]
  return [
    ...flawUnless(
      Math.hypot(...bottom) < 0.1,
      'update',
      () =>
        `after 2,000 steps down a bowl from (2, −1) it is at (${bottom.join(', ')}); wanted the bottom, (0, 0)`,
    ),
    ...flawUnless(
      apart(plain, scaled) < 1e-4,
      'scale',
      () => 'another path where gradients are smaller and their scale greater; wanted gradients times scale',
    ),
  ]
}
