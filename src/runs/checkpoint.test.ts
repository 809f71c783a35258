import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '../data/formats/safetensors.ts'
import { planLayouts } from '../train/plan-layouts.ts'
import type { TrainState } from '../train/state.ts'
import { toyPlan, toyStart } from '../train/toy.testing.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'

const plan = toyPlan()
const layouts = planLayouts(plan)
const start = toyStart(plan)
const state: TrainState = {
  ...start,
  step: 7,
  sums: { steps: 2, loss: 0.1 + 0.2, reconstruction: 1 / 3, kl: 2 / 7, terms: { kl: 2 / 7 } },
  players: start.players.map(({ parameters, slots }) => ({
    parameters,
    slots: slots.map((slot, k) => slot.map((_, i) => Math.fround(Math.sin(i + k)))),
  })),
  best: {
    epoch: 2,
    loss: 1.5,
    parameters: start.players.map(({ parameters }) => parameters.map((x) => x * 2)),
  },
}

test('a state comes back to the bit', () => {
  expect(readCheckpoint(writeCheckpoint(state, layouts), layouts)).toEqual(state)
  const bare = { ...state, best: null }
  expect(readCheckpoint(writeCheckpoint(bare, layouts), layouts)).toEqual(bare)
})

test('a torn or altered checkpoint is refused', () => {
  const bytes = writeCheckpoint(state, layouts)
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: bytes.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      (at, flip) => {
        expect(() => readCheckpoint(bytes.slice(0, at), layouts)).toThrow(/\[safetensors\//)
        const altered = bytes.slice()
        altered[at] ^= flip
        expect(() => readCheckpoint(altered, layouts)).toThrow(/\[(safetensors|checkpoint)\//)
      },
    ),
  )
})

test('a checkpoint of another model is refused by name', () => {
  const adam = writeCheckpoint(state, layouts)
  const other = toyPlan({ optimizer: { name: 'sgd' } })
  expect(() => readCheckpoint(adam, planLayouts(other))).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: checkpoint with velocity/encoder.0.weight missing; wanted [8, 6]. Fix: resume with the recipe that the checkpoint was made with, or train anew. [checkpoint/mismatch]]`,
  )
})

test.each([
  ['torn', '{"step": 7', 'progress cannot be read'],
  ['absent', undefined, 'progress cannot be read'],
  ['of another form', '{"step": -1, "sums": {}, "best": null}', 'progress.step cannot be read'],
])('progress that is %s is refused', (_, progress, seen) => {
  const { tensors, metadata } = readSafetensors(writeCheckpoint(state, layouts))
  const { progress: __, ...rest } = metadata
  const bytes = writeSafetensors(tensors, progress === undefined ? rest : { ...rest, progress })
  expect(() => readCheckpoint(bytes, layouts)).toThrow(seen)
  expect(() => readCheckpoint(bytes, layouts)).toThrow('[checkpoint/progress]')
})
