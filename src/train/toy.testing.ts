/** A small plan over generated data, on which training is checked. */
import { fillUniform, streams } from '../base/random.ts'
import { type ConcreteShape, sizeOf } from '../base/shape.ts'
import { batchPlan } from '../data/batches.ts'
import { conditionWidth } from '../data/condition.ts'
import { type Dataset, datasetOf } from '../data/dataset.ts'
import { exampleReader } from '../data/examples.ts'
import { type Choice, choose, type ModelSpec, modelSchema } from '../model/spec.ts'
import { readObjective, type TermSpec } from '../objective/objective.ts'
import { parseWeight, type Weight } from '../objective/schedule.ts'
import { MODEL } from '../objective/trace.ts'
import { allOptimizers } from '../optimizers/index.ts'
import { initialParameters } from '../optimizers/layout.ts'
import type { Plan } from './plan.ts'
import { planLayouts } from './plan-layouts.ts'
import { initialState, type TrainState } from './state.ts'

interface ToyPlan {
  readonly optimizer?: Choice
  readonly learningRate?: Weight
  readonly clipNorm?: number | null
  readonly patience?: number | null
  readonly keep?: 'best' | 'last'
  readonly totalSteps?: number
  readonly terms?: readonly TermSpec[]
  readonly model?: ModelSpec
  /** Largest value in the data. */
  readonly top?: number
  readonly exampleShape?: ConcreteShape
}

const ROWS = 60

export function toyPlan({
  optimizer = { name: 'adam' },
  learningRate = 0.01,
  clipNorm = null,
  patience = null,
  keep = 'best',
  totalSteps = 20,
  terms = [{ term: 'kl', weight: 1 }],
  top = 1,
  exampleShape = [6],
  model = modelSchema.parse({
    architecture: { name: 'mlp', hidden: [8], activation: 'tanh' },
    latent: { size: 2 },
    likelihood: { name: 'squared-error' },
  }),
}: ToyPlan = {}): Plan {
  const read = readObjective({ name: 'toy', terms: [...terms] }, model)
  const learning = (choice: Choice, rate: Weight) => ({
    optimizer: choose('optimizer', allOptimizers, choice, {}),
    learningRate: parseWeight(rate, {}),
  })
  const opponents = read.flatMap(({ key, opponent }) =>
    opponent ? [[key, learning(opponent.optimizer, opponent.learningRate)] as const] : [],
  )
  const data = fillUniform(
    new Float32Array(ROWS * sizeOf(exampleShape)),
    { seed: 3, stream: streams.evaluation, step: 0 },
    0,
    top,
  )
  const dataset = {
    ...datasetOf({ data, shape: [ROWS, ...exampleShape] }, { name: 'toy' }),
    ...(model.condition && { condition: inTurn(conditionWidth(model.condition)) }),
  }
  const indices = Uint32Array.from({ length: ROWS }, (_, i) => i)
  const train = indices.slice(0, 50)
  return {
    model,
    example: { shape: exampleShape, dtype: 'float32', scaleShape: [] },
    scaling: {
      'data.shift': { data: Float32Array.of(0), shape: [] },
      'data.scale': { data: Float32Array.of(1), shape: [] },
    },
    terms: read,
    players: {
      [MODEL]: learning(optimizer, learningRate),
      ...Object.fromEntries(opponents),
    },
    clipNorm,
    reader: exampleReader('none', 5),
    train: { dataset, indices: train, ownTest: false },
    validation: { dataset, indices: indices.slice(50), ownTest: false },
    batches: batchPlan({ rows: train, batch: 10, seed: 5 }),
    totalSteps,
    patience,
    keep,
    seed: 5,
    warnings: [],
  }
}

/** Each row's condition is 1 in one of its slots. */
const inTurn = (width: number): NonNullable<Dataset['condition']> => ({
  read(indices) {
    const data = new Float32Array(indices.length * width)
    for (let row = 0; row < indices.length; row++) data[row * width + (indices[row] % width)] = 1
    return { data, shape: [indices.length, width] }
  },
})

/** The state a plan starts from. */
export function toyStart(plan: Plan): TrainState {
  const layouts = planLayouts(plan)
  return initialState(layouts, initialParameters(layouts, plan.seed))
}
