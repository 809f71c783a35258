import { describe, expect, test } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { nativeEngine } from '../engine/onnxruntime/node/native.ts'
import { nodeWasmEngine } from '../engine/onnxruntime/node/wasm.ts'
import { relativeDifference } from '../engine/probing.testing.ts'
import { referenceEngine } from '../engine/reference.ts'
import type { TrainEvent } from './events.ts'
import { type Pace, type TrainResult, trainLoop } from './loop.ts'
import { allOptimizers } from './optimizers/index.ts'
import type { Plan } from './plan.ts'
import type { TrainState } from './state.ts'
import { toyPlan, toyStart } from './toy.testing.ts'

const native = await nativeEngine({ threads: 1 })
const wasm = await nodeWasmEngine({ threads: 1 })

async function run(
  plan: Plan,
  {
    engine = native as Engine,
    start = toyStart(plan),
    signal = undefined as AbortSignal | undefined,
    pace = undefined as Pace | undefined,
    onEvent = (_: TrainEvent) => {},
  } = {},
) {
  const loop = trainLoop(plan, engine, start, { signal, pace })
  const events: TrainEvent[] = []
  for (;;) {
    const next = await loop.next()
    if (next.done) return { events, result: next.value as TrainResult }
    events.push(next.value)
    onEvent(next.value)
  }
}

const wrap = (data: Float32Array) => ({ data, shape: [data.length] })

test('events come in order and the loss falls', async () => {
  const { events } = await run(toyPlan({ totalSteps: 100 }))
  expect(events[0].kind).toBe('start')
  expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'finished', step: 100, epoch: 20 })
  expect(events.at(-2)).toMatchObject({ kind: 'checkpoint', step: 100 })
  const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []))
  expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  expect(epochs[19].train.loss).toBeLessThan(epochs[0].train.loss)
  expect(epochs[19].validation!.loss).toBeLessThan(epochs[0].validation!.loss)
  for (const { train, klPerDimension, validation } of epochs) {
    expect(train.elbo).toBeCloseTo(-(train.reconstruction + train.kl!), 10)
    expect(klPerDimension!.reduce((a, b) => a + b)).toBeCloseTo(validation!.kl!, 6)
  }
})

test('a last epoch that is cut short is judged too', async () => {
  const { events } = await run(toyPlan({ totalSteps: 7 }))
  expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(2)
})

test('stopped anywhere and gone on with, a training ends on the same bits', async () => {
  const plan = toyPlan({ totalSteps: 30, patience: 100, terms: [{ term: 'kl', weight: 'linear(0, 2, 25)' }] })
  const whole = await run(plan)
  for (const stopAt of [1, 4, 5, 13, 29]) {
    const stop = new AbortController()
    const first = await run(plan, {
      signal: stop.signal,
      onEvent: (event) => event.kind === 'step' && event.step === stopAt && stop.abort(),
    })
    expect(first.result).toMatchObject({ reason: 'interrupted', state: { step: stopAt } })
    const second = await run(plan, { start: first.result.state })
    expect(second.result.state.parameters).toEqual(whole.result.state.parameters)
    expect(second.result.state.slots).toEqual(whole.result.state.slots)
    expect(second.result.parameters).toEqual(whole.result.parameters)
    const last = (events: TrainEvent[]) => events.findLast((event) => event.kind === 'epoch')
    const { examplesPerSecond: _, ...epoch } = last(second.events) as Extract<TrainEvent, { kind: 'epoch' }>
    expect(last(whole.events)).toMatchObject(epoch)
  }
})

describe('engines', () => {
  const plan = toyPlan({ totalSteps: 20, clipNorm: 0.5 })
  const asResident = (engine: Engine): Engine => ({ ...engine, update: 'program' })
  test.each([
    ['native, update in the program', asResident(native)],
    ['wasm', wasm],
    ['reference', referenceEngine],
    ['reference, update in the program', asResident(referenceEngine)],
  ] as const)('%s follows the same path as native', async (_, engine) => {
    const wanted = await run(plan)
    const got = await run(plan, { engine })
    expect(
      relativeDifference(wrap(got.result.state.parameters), wrap(wanted.result.state.parameters)),
    ).toBeLessThan(2e-4)
    for (const i of [0, 1])
      expect(
        relativeDifference(wrap(got.result.state.slots[i]), wrap(wanted.result.state.slots[i])),
      ).toBeLessThan(2e-4)
  })
})

test.each(allOptimizers)('$name is the same on the host and in the program', async ({ name }) => {
  const plan = toyPlan({ optimizer: { name }, learningRate: 0.01, totalSteps: 15 })
  const host = await run(plan, { engine: referenceEngine })
  const resident = await run(plan, { engine: { ...referenceEngine, update: 'program' } })
  expect(
    relativeDifference(wrap(resident.result.state.parameters), wrap(host.result.state.parameters)),
  ).toBeLessThan(1e-5)
})

test('clipping bounds the step that plain gradient descent takes', async () => {
  const moved = async (clipNorm: number | null) => {
    const plan = toyPlan({
      optimizer: { name: 'sgd', momentum: 0 },
      learningRate: 1,
      clipNorm,
      totalSteps: 1,
    })
    const start = toyStart(plan)
    const { result } = await run(plan, { start })
    return Math.hypot(...result.state.parameters.map((x, i) => x - start.parameters[i]))
  }
  expect(await moved(null)).toBeGreaterThan(0.05)
  expect(await moved(0.05)).toBeCloseTo(0.05, 5)
})

test('early stopping keeps the best parameters and says which epoch they are from', async () => {
  const plan = toyPlan({
    totalSteps: 5000,
    learningRate: 0.05,
    patience: 3,
    terms: [{ term: 'kl', weight: 0 }],
  })
  const { events, result } = await run(plan)
  expect(result.reason).toBe('early-stop')
  const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []))
  const losses = epochs.map(({ validation }) => validation!.loss)
  const best = losses.indexOf(Math.min(...losses)) + 1
  expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'early-stop', bestEpoch: best, epoch: best + 3 })
  expect(result.parameters).not.toEqual(result.state.parameters)
  const again = await run(plan, { start: result.state })
  expect(again.events.filter(({ kind }) => kind === 'step')).toEqual([])
  expect(again.result.parameters).toEqual(result.parameters)
})

test('numbers that run away stop it, with step and term named, and no bad checkpoint', async () => {
  const plan = toyPlan({
    optimizer: { name: 'sgd' },
    learningRate: 'linear(0.001, 1e6, 40)',
    totalSteps: 200,
  })
  const kept: TrainState[] = []
  const onEvent = (event: TrainEvent) => event.kind === 'checkpoint' && kept.push(event.state)
  await expect(run(plan, { onEvent, pace: { soonest: -1, latest: -1 } })).rejects.toThrow(
    /step \d+.*: .*(reconstruction|kl|parameters).*the last good checkpoint is kept. \[train\/not-finite\]/,
  )
  expect(kept.length).toBeGreaterThan(0)
  for (const { parameters } of kept) expect(parameters.every(Number.isFinite)).toBe(true)
  const atOnce = toyPlan({ optimizer: { name: 'sgd' }, learningRate: 1e30, totalSteps: 9 })
  await expect(run(atOnce)).rejects.toThrow(/in the data. \[train\/not-finite\]/)
})

test('with little patience, stopped at any step and gone on with, it stops where it would have', async () => {
  const plan = toyPlan({ totalSteps: 400, learningRate: 0.05, patience: 2 })
  const whole = await run(plan)
  expect(whole.result.reason).toBe('early-stop')
  for (let stopAt = 1; stopAt < whole.result.state.step; stopAt += 3) {
    const stop = new AbortController()
    const onEvent = (event: TrainEvent) => event.kind === 'step' && event.step === stopAt && stop.abort()
    const first = await run(plan, { signal: stop.signal, onEvent })
    const second = await run(plan, { start: first.result.state })
    expect(second.result.state.step).toBe(whole.result.state.step)
    expect(second.result.parameters).toEqual(whole.result.parameters)
  }
})

test('early stopping compares losses at final weights, whatever the schedule is at', async () => {
  const rising = { term: 'kl', weight: 'linear(0, 20, 150)' }
  const { result, events } = await run(toyPlan({ totalSteps: 150, patience: 5, terms: [rising] }))
  const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []))
  const goal = ({ validation }: (typeof epochs)[number]) => validation!.reconstruction + 20 * validation!.kl!
  const losses = epochs.map(goal)
  expect(result.state.best!.loss).toBeCloseTo(Math.min(...losses), 8)
  expect(losses[result.state.best!.epoch - 1]).toBe(Math.min(...losses))
})

test('validation is judged under the weights of the last update', async () => {
  const cyclic = { term: 'kl', weight: 'cyclic(0, 1, 5, 0.5)' }
  const { events } = await run(toyPlan({ totalSteps: 10, terms: [cyclic] }))
  for (const event of events)
    if (event.kind === 'epoch')
      expect(event.validation!.loss).toBeCloseTo(event.validation!.reconstruction + event.validation!.kl!, 10)
})

test('noise and batches depend on the step alone: a state from step k sees what step k saw', async () => {
  const plan = toyPlan({ totalSteps: 6 })
  const { events } = await run(plan)
  const steps = events.flatMap((event) => (event.kind === 'step' ? [event] : []))
  const stop = new AbortController()
  const { result } = await run(plan, {
    signal: stop.signal,
    onEvent: (event) => event.kind === 'step' && event.step === 3 && stop.abort(),
  })
  const { events: rest } = await run(plan, { start: result.state as TrainState })
  expect(rest.flatMap((event) => (event.kind === 'step' ? [event] : []))).toEqual(steps.slice(3))
})
