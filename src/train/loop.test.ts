import { describe, expect, test } from 'vitest'
import type { Dataset } from '../data/dataset.ts'
import { nodeWasmEngine } from '../engine/onnxruntime/node/wasm.ts'
import { referenceEngine } from '../engine/reference.ts'
import { allOptimizers } from '../optimizers/index.ts'
import { asResident, distance, native, run } from '../testing/running.testing.ts'
import type { LoopEvent } from './events.ts'
import { toyPlan, toyStart } from './toy.testing.ts'

const wasm = await nodeWasmEngine({ threads: 1 })

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
    const first = await run(plan, { stopAt })
    expect(first.result).toMatchObject({ reason: 'interrupted', state: { step: stopAt } })
    const second = await run(plan, { start: first.result.state })
    expect(second.result.state.players).toEqual(whole.result.state.players)
    expect(second.result.parameters).toEqual(whole.result.parameters)
    const last = (events: readonly LoopEvent[]) => events.findLast((event) => event.kind === 'epoch')
    const { examplesPerSecond: _, ...epoch } = last(second.events) as Extract<LoopEvent, { kind: 'epoch' }>
    expect(last(whole.events)).toMatchObject(epoch)
  }
})

test('while a step runs, the rows of the next are named', async () => {
  const plan = toyPlan({ totalSteps: 7 })
  const named: number[][] = []
  const dataset: Dataset = {
    ...plan.train.dataset,
    prefetch: (indices) => {
      named.push(Array.from(indices))
    },
  }
  const { result } = await run({ ...plan, train: { ...plan.train, dataset } })
  expect(named).toEqual([1, 2, 3, 4, 5, 6].map((step) => [...plan.batches.at(step)]))
  expect(result.parameters).toEqual((await run(plan)).result.parameters)
})

describe('engines', () => {
  const plan = toyPlan({ totalSteps: 20, clipNorm: 0.5 })
  test.each([
    ['native, update in the program', asResident(native)],
    ['wasm', wasm],
    ['reference', referenceEngine],
    ['reference, update in the program', asResident(referenceEngine)],
  ] as const)('%s follows the same path as native', async (_, engine) => {
    const wanted = await run(plan)
    const got = await run(plan, { engine })
    expect(got.result.state.players[0].slots).toHaveLength(2)
    expect(distance(got.result.state, wanted.result.state)).toBeLessThan(2e-4)
  })
})

test.each(allOptimizers)('$name is the same on the host and in the program', async ({ name }) => {
  const plan = toyPlan({ optimizer: { name }, learningRate: 0.01, totalSteps: 15 })
  const host = await run(plan, { engine: referenceEngine })
  const resident = await run(plan, { engine: asResident(referenceEngine) })
  expect(distance(resident.result.state, host.result.state)).toBeLessThan(1e-5)
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
    const [before, after] = [start, result.state].map(({ players }) => players[0].parameters)
    return Math.hypot(...after.map((x, i) => x - before[i]))
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
  expect(result.parameters).not.toEqual(result.state.players.map(({ parameters }) => parameters))
  const again = await run(plan, { start: result.state })
  expect(again.events.filter(({ kind }) => kind === 'step')).toEqual([])
  expect(again.result.parameters).toEqual(result.parameters)
})

test('the best epoch is kept without early stopping, too, and the last where that is said', async () => {
  const overfits = { totalSteps: 400, learningRate: 0.05, terms: [{ term: 'kl', weight: 0 }] }
  const plan = toyPlan(overfits)
  const { events, result } = await run(plan)
  const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []))
  const losses = epochs.map(({ validation }) => validation!.loss)
  const best = losses.indexOf(Math.min(...losses)) + 1
  expect(best).toBeLessThan(epochs.length)
  expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'finished', bestEpoch: best, epoch: 80 })
  expect(epochs.findLast(({ isBest }) => isBest)?.epoch).toBe(best)
  const until = await run(toyPlan({ ...overfits, totalSteps: 5 * best, keep: 'last' }))
  expect(result.parameters).toEqual(until.result.parameters)
  expect(until.events.at(-1)).toMatchObject({ kind: 'end', bestEpoch: null })
  const last = await run({ ...plan, keep: 'last' })
  expect(last.result.state.best).toBeNull()
  expect(last.result.state.players).toEqual(result.state.players)
  expect(last.result.parameters).toEqual(result.state.players.map(({ parameters }) => parameters))
  expect(last.result.parameters).not.toEqual(result.parameters)
  for (const stopAt of [5 * best - 2, 5 * best, 5 * best + 3]) {
    const first = await run(plan, { stopAt })
    const second = await run(plan, { start: first.result.state })
    expect(second.result.parameters).toEqual(result.parameters)
    expect(second.events.at(-1)).toMatchObject({ bestEpoch: best })
  }
})

test('what an opponent charges has no say in which epoch is the best', async () => {
  const terms = [
    { term: 'kl', weight: 1 },
    { term: 'adversarial-tc', weight: 1000, layers: 1, units: 4 },
  ]
  const { events, result } = await run(toyPlan({ totalSteps: 60, terms }))
  const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []))
  const bounds = epochs.map(({ validation }) => -validation!.elbo!)
  const charged = epochs.map(({ validation }) => validation!.loss)
  expect(charged.indexOf(Math.min(...charged))).not.toBe(bounds.indexOf(Math.min(...bounds)))
  expect(result.state.best?.epoch).toBe(bounds.indexOf(Math.min(...bounds)) + 1)
})

test('without validation the last epoch is kept', async () => {
  const plan = toyPlan({ totalSteps: 20 })
  const bare = { ...plan, validation: { ...plan.validation, indices: new Uint32Array(0) } }
  const { events, result } = await run(bare)
  expect(events.at(-1)).toMatchObject({ kind: 'end', bestEpoch: null })
  expect(result.parameters).toEqual(result.state.players.map(({ parameters }) => parameters))
})

test('numbers that run away stop it, with step and term named, and no bad checkpoint', async () => {
  const plan = toyPlan({
    optimizer: { name: 'sgd' },
    learningRate: 'linear(0.001, 1e6, 40)',
    totalSteps: 200,
  })
  const kept: Float32Array[] = []
  const onEvent = (event: LoopEvent) =>
    event.kind === 'checkpoint' && kept.push(event.state.players[0].parameters.slice())
  await expect(run(plan, { onEvent, pace: { soonest: -1, latest: -1 } })).rejects.toThrow(
    /step \d+.*: .*(reconstruction|kl|parameters).*the last good checkpoint is kept. \[train\/not-finite\]/,
  )
  expect(kept.length).toBeGreaterThan(0)
  for (const parameters of kept) expect(parameters.every(Number.isFinite)).toBe(true)
  const atOnce = toyPlan({ optimizer: { name: 'sgd' }, learningRate: 1e30, totalSteps: 9 })
  await expect(run(atOnce)).rejects.toThrow(/in the data. \[train\/not-finite\]/)
})

test('with little patience, stopped at any step and gone on with, it stops where it would have', async () => {
  const plan = toyPlan({ totalSteps: 400, learningRate: 0.05, patience: 2 })
  const whole = await run(plan)
  expect(whole.result.reason).toBe('early-stop')
  for (let stopAt = 1; stopAt < whole.result.state.step; stopAt += 3) {
    const first = await run(plan, { stopAt })
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
  const { result } = await run(plan, { stopAt: 3 })
  const { events: rest } = await run(plan, { start: result.state })
  expect(rest.flatMap((event) => (event.kind === 'step' ? [event] : []))).toEqual(steps.slice(3))
})
