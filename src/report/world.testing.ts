import '../objective/every-part.testing.ts'
import type { NDArray } from '../base/arrays.ts'
import { datasetOf } from '../data/dataset.ts'
import { heldOutReader } from '../data/examples.ts'
import { referenceEngine } from '../engine/reference.ts'
import { type Evaluation, evaluateRows } from '../evaluate/evaluation.ts'
import { aggregateCodes } from '../infer/codes.ts'
import { createModel } from '../infer/create-model.ts'
import { CODES, CONDITIONS } from '../infer/model-parts.ts'
import { allViews, initialParameters } from '../optimizers/layout.ts'
import { completeRecipe } from '../recipe/complete.ts'
import { planOf } from '../recipe/plan.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'
import { splitsOf } from '../recipe/splits.ts'
import { modelParts } from '../recipe/trained.ts'
import { type LoggedEvent, logged } from '../runs/journal.ts'
import { trainLoop } from '../train/loop.ts'
import { planLayouts } from '../train/plan-layouts.ts'
import { initialState, startingFrom } from '../train/state.ts'
import type { ReportRequest } from './report.ts'

/** A run to be reported: rows, and what is asked of them. */
export interface World {
  readonly name?: string
  readonly rows: NDArray<Uint8Array | Float32Array>
  readonly columns?: readonly string[]
  readonly labels?: Int32Array
  readonly draft?: Omit<Partial<RecipeDraft>, 'data'> & { readonly data?: Partial<RecipeDraft['data']> }
}

const COUNT = 48

/** Bars of ink at the left or at the right, a class each [48, 1, 4, 4]. */
export function bars(): Pick<World, 'rows' | 'labels'> {
  const labels = Int32Array.from({ length: COUNT }, (_, i) => i % 2)
  const data = Uint8Array.from({ length: COUNT * 16 }, (_, at) => {
    const right = at % 4 >= 2 ? 1 : 0
    return right === labels[Math.floor(at / 16)] ? 200 + ((at * 7) % 50) : (at * 5) % 40
  })
  return { rows: { data, shape: [COUNT, 1, 4, 4] }, labels }
}

/** Columns that depend on one another [48, columns]. */
export function table(columns: number): NDArray<Float32Array> {
  const data = Float32Array.from({ length: COUNT * columns }, (_, at) => {
    const row = Math.floor(at / columns)
    return Math.sin(row + (at % columns) / 3) * ((at % columns) + 1)
  })
  return { data, shape: [COUNT, columns] }
}

/** Trains a small model on the reference engine and gives all that its report needs. */
export async function runOf({
  name = 'world',
  rows,
  columns,
  labels,
  draft = {},
}: World): Promise<ReportRequest> {
  const dataset = datasetOf(rows, { name, columns, labels })
  const recipe = completeRecipe(
    {
      ...draft,
      data: { source: name, test: 0.25, scaling: 'unit', ...draft.data },
      model: { architecture: { name: 'mlp', hidden: [5] }, ...draft.model, latent: { size: 3 } },
      training: { epochs: 2, batch: 8, ...draft.training },
    },
    dataset,
  )
  const plan = await planOf(recipe, dataset)
  const layouts = planLayouts(plan)
  const start = initialState(layouts, initialParameters(layouts, 0))
  const events: LoggedEvent[] = []
  const loop = trainLoop(plan, referenceEngine, startingFrom(start))
  let turn = await loop.next()
  for (; !turn.done; turn = await loop.next()) {
    const event = logged(turn.value, plan.totalSteps)
    if (event) events.push(event)
  }
  const parameters = { ...allViews(layouts, turn.value.parameters), ...plan.scaling }
  const { test, train } = splitsOf(recipe, dataset)
  const { example, terms, reader } = plan
  const codes = await aggregateCodes(referenceEngine, recipe.model, example, {
    count: train.indices.length,
    read: heldOutReader(reader, train),
    values: parameters,
    seed: 0,
  })
  const known = train.dataset.condition?.read(train.indices)
  const values = { ...parameters, [CODES]: codes, ...(known && { [CONDITIONS]: known }) }
  const scored = { terms, batch: recipe.training.batch, examples: train.indices.length }
  const request = { engine: referenceEngine, spec: recipe.model, example, values, scored, rows: test, reader }
  const data = { name, trainCount: train.indices.length, columns }
  const held = await heldOutReader(reader, test)(test.indices.map((_, i) => i))
  return {
    trained: { recipe, example, data },
    model: await createModel(referenceEngine, modelParts({ recipe, example, data, values })),
    events,
    evaluation: await evaluateRows({ ...request, split: 'test', hasPrior: true, seed: 0 }),
    heldOut: {
      rows: held.x,
      ...(held.condition && { condition: held.condition }),
      labels: labels && test.indices.map((row) => labels[row]),
    },
    command: `betavae train ${name}`,
    environment: { versions: { betavae: '0.0.0' } },
  }
}

/** The same evaluation, had it found that so many units are active. */
export const withActive = (evaluation: Evaluation, activeUnits: number): Evaluation => ({
  ...evaluation,
  activeUnits,
  units: evaluation.units.map((unit, rank) => ({ ...unit, isActive: rank < activeUnits })),
})
