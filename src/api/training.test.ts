import { expect, test } from 'vitest'
import { nodeEngines } from '../engine/onnxruntime/node/engines.ts'
import { openEngine } from '../engine/select.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'
import type { StepEvent, TrainEvent } from '../train/events.ts'
import { browserPlatform } from './browser.ts'
import { browserOpening } from './browser-tables.ts'
import { openOn } from './open.ts'
import { trainOn } from './train.ts'
import type { SteeredTraining } from './training.ts'

const train = trainOn(browserPlatform)
const open = openOn(browserOpening)
const { engine: native } = await openEngine(nodeEngines, 'native')
const { engine: reference } = await openEngine(nodeEngines, 'reference')

const STEPS = 40
const MOVED = 25
const draft = (changes: Partial<RecipeDraft> = {}): RecipeDraft => ({
  data: { source: 'digits' },
  model: { architecture: { name: 'mlp', hidden: [16] }, latent: { size: 4 } },
  objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 1 }] },
  training: { steps: STEPS, batch: 32, seed: 3 },
  ...changes,
})

/** Reads a training, doing something after a step. */
async function read(
  training: SteeredTraining,
  after: (step: StepEvent) => unknown = () => {},
): Promise<TrainEvent[]> {
  const events: TrainEvent[] = []
  for await (const event of training) {
    events.push(event)
    if (event.kind === 'step') await after(event)
  }
  return events
}

const stepsOf = (events: readonly TrainEvent[]) => events.filter((event) => event.kind === 'step')

test.each([
  ['native', native],
  ['float64 reference', reference],
])('β moved from 1 to 8 on the %s engine changes the steps after and none before', async (_, engine) => {
  const still = stepsOf(await read(train(draft(), { engine })))
  const training = train(draft(), { engine })
  const events = await read(training, ({ step }) => step === MOVED && training.setWeight('kl', 8))
  const moved = stepsOf(events)
  expect(moved.slice(0, MOVED)).toEqual(still.slice(0, MOVED))
  expect(moved.map(({ weights }) => weights.kl)).toEqual(moved.map(({ step }) => (step > MOVED ? 8 : 1)))
  // The first step under the new weight sees the parameters that the old one left.
  const [first, before] = [moved[MOVED], still[MOVED]]
  expect(first.kl).toBe(before.kl)
  expect(first.loss).toBeCloseTo(first.reconstruction + 8 * (first.kl as number), 3)
  expect(moved[STEPS - 1].kl).toBeLessThan(0.9 * (still[STEPS - 1].kl as number))
  expect(events.filter(({ kind }) => kind === 'weight')).toEqual([
    { kind: 'weight', step: MOVED, term: 'kl', weight: 8, was: '1' },
  ])
})

test('what was moved is in the log, and its recipe trains to the same bits', async () => {
  const training = train(draft(), { engine: native })
  const steered = stepsOf(await read(training, ({ step }) => step === MOVED && training.setWeight('kl', 8)))
  const { trained, events } = await training
  expect(trained.recipe.objective.terms).toEqual([{ term: 'kl', weight: `steps(1, ${MOVED}, 8)` }])
  expect(events.filter(({ kind }) => kind === 'weight')).toHaveLength(1)
  expect(stepsOf(await read(train(trained.recipe, { engine: native })))).toEqual(steered)
})

test('validation judges under the weight that holds', async () => {
  const training = train(draft(), { engine: native })
  const events = await read(training, ({ step }) => step === MOVED && training.setWeight('kl', 8))
  const { validation, step } = events.findLast((event) => event.kind === 'epoch')!
  expect(step).toBeGreaterThan(MOVED)
  expect(validation!.loss).toBeCloseTo(validation!.reconstruction + 8 * validation!.kl!, 4)
})

test('a look at the model in mid-training is a copy that opens, with the numbers of the state', async () => {
  const training = train(draft(), { engine: native })
  const looks: Awaited<ReturnType<typeof training.trained>>[] = []
  await read(training, async ({ step }) => step === MOVED && looks.push(await training.trained()))
  const untouched = await train(draft({ training: { steps: MOVED, batch: 32, seed: 3 } }), { engine: native })
  // Of a training that was planned to end there; the recipe's steps differ, the numbers may not.
  expect(looks[0].values).toEqual(untouched.trained.values)
  using model = await open(looks[0], { engine: native })
  using ended = await open(untouched, { engine: native })
  const codes = { data: new Float32Array(4).fill(0.5), shape: [1, 4] }
  expect(await model.decode(codes)).toEqual(await ended.decode(codes))
})

test('looks from outside the reader wait for the step in progress', async () => {
  const training = train(draft(), { engine: native })
  const looked: number[] = []
  const reading = read(training, ({ step }) => {
    if (step % 10 === 1) void training.checkpoint().then((checkpoint) => looked.push(checkpoint.step))
  })
  await reading
  expect(looked).toHaveLength(4)
})

test('from a checkpoint a steered training goes on to the same bits', async () => {
  const kept: Awaited<ReturnType<SteeredTraining['checkpoint']>>[] = []
  const training = train(draft(), { engine: native })
  const whole = await read(training, async ({ step }) => {
    if (step === MOVED) training.setWeight('kl', 8)
    if (step === MOVED + 5) kept.push(await training.checkpoint())
  })
  const [{ step, recipe, bytes }] = kept
  expect(step).toBe(MOVED + 5)
  const rest = stepsOf(await read(train(recipe, { engine: native, from: bytes })))
  expect(rest).toEqual(stepsOf(whole).slice(step))
})

test('what cannot be steered is refused', async () => {
  const early = train(draft(), { engine: native })
  const training = train(draft(), { engine: native })
  const refused: string[] = []
  const refuse = async (act: () => unknown) => {
    try {
      await act()
    } catch (error) {
      refused.push((error as Error).message)
    }
  }
  await read(training, async ({ step }) => {
    if (step > 1) return
    await refuse(() => training.setWeight('tc', 1))
    await refuse(() => training.setWeight('kl', -1))
    await refuse(() => training.setWeight('kl', 'fast'))
  })
  await refuse(() => training.trained())
  await refuse(() => early.checkpoint())
  early.setWeight('mmd', 1)
  await refuse(() => early)
  expect(refused).toMatchInlineSnapshot(`
    [
      "a weight for the term "tc"; wanted kl. Fix: name one of those. [train/no-term]",
      "--beta -1; wanted β ≥ 0. Fix: a negative weight rewards what the term should hold back; use 0 to turn it off. [objective/negative-weight]",
      "weight "fast"; wanted a number, constant(value), linear(from, to, steps), cosine(from, to, steps), sigmoid(from, to, steps), cyclic(from, to, period, ramp), steps(value, step, value, …). Fix: write for example 4 or linear(0, 4, 10000). [objective/schedule]",
      "a look at a training that has not begun, or has ended; wanted one that is between its first event and its last. Fix: read its first event, or take the result that it ended with. [train/not-running]",
      "a look at a training that has not begun, or has ended; wanted one that is between its first event and its last. Fix: read its first event, or take the result that it ended with. [train/not-running]",
      "a weight for the term "mmd"; wanted kl. Fix: name one of those. [train/no-term]",
    ]
  `)
})
