/** A model of plain numbers or images that answers requests. */
import type { NDArray } from '../../../base/arrays.ts'
import { type Dataset, datasetOf } from '../../../data/dataset.ts'
import { exampleReader } from '../../../data/examples.ts'
import type { Engine } from '../../../engine/engine.ts'
import { createModel } from '../../../infer/create-model.ts'
import type { Given } from '../../../infer/given.ts'
import type { Model, Scored } from '../../../infer/model.ts'
import type { Recipe } from '../../../recipe/recipe.ts'
import { modelParts, type Trained } from '../../../recipe/trained.ts'
import { averagedScores, SCORED_DRAWS } from '../../averaged-scores.ts'
import { checkCount, numbersIn } from './bodies.ts'
import { arrayOf, codesAnswered, numbersAnswered } from './codes.ts'
import type { AskedOptions, OperationName } from './operations.ts'
import type { ServingTask } from './protocol.ts'
import { givenFacts, whereIn } from './sent-conditions.ts'
import { type Body, eachAlone, type Served } from './served.ts'
import type { Answered } from './written.ts'

type Answer = (
  options: AskedOptions,
  body: Body,
) => Promise<{ readonly answered: Answered; readonly rows: number }>

/** Each request is computed by itself: what comes of a row may depend in its last bits on what it is computed with. */
export async function openServedArrays(
  engine: Engine,
  trained: Trained,
  { mostRows }: Pick<ServingTask, 'mostRows'>,
): Promise<Served> {
  const parts = modelParts(trained)
  const model = await createModel(engine, parts)
  const { shape, dtype } = parts.example
  const whereOf = ({ where }: AskedOptions) => whereIn(where, model.condition)
  const ofRows =
    (make: (sent: SentRows, options: AskedOptions) => Promise<Answered>): Answer =>
    async (options, { bytes, form, most, first }) => {
      const { lists, condition } = numbersIn(bytes, form, 'rows', most)
      const rows = arrayOf(lists, shape, dtype)
      return { answered: await make({ rows, condition, first }, options), rows: rows.shape[0] }
    }
  const answers: Record<Exclude<OperationName, 'impute'>, Answer> = {
    score: ofRows(async (sent) => scoresAnswered(await scores(model, trained.recipe, sent))),
    encode: ofRows(async ({ rows, condition }) => codesAnswered(await model.encode(rows, { condition }))),
    reconstruct: ofRows(async ({ rows, condition }, options) => {
      const where = whereOf(options)
      return numbersAnswered(await model.reconstruct(rows, { condition, where }))
    }),
    async decode(options, { bytes, form, most }) {
      const { lists, condition } = numbersIn(bytes, form, 'codes', most)
      const codes = arrayOf(lists, [model.latent], 'float32')
      const rows = await model.decode(codes, { condition, where: whereOf(options) })
      return { answered: numbersAnswered(rows), rows: codes.shape[0] }
    },
    async sample({ count = 10, seed, from, ...options }) {
      checkCount(count, mostRows)
      const rows = await model.sample(count, { seed, from, where: whereOf(options) })
      return { answered: numbersAnswered(rows), rows: count }
    },
  }
  const operations = Object.keys(answers) as (keyof typeof answers)[]
  return {
    facts: {
      operations,
      latent: model.latent,
      exampleShape: model.exampleShape,
      ...(model.condition && { given: givenFacts(model.condition) }),
      engine: engine.name,
      heldOut: 0,
    },
    answer: (operation, options, bodies) =>
      eachAlone(bodies, (body) => answers[operation as keyof typeof answers](options, body)),
  }
}

/** Rows of a body, what is known of them, and the number of the first. */
interface SentRows {
  readonly rows: NDArray
  readonly condition: Given | undefined
  readonly first: number
}

/** As `betavae score` has them: binarized as in an evaluation, averaged over draws. */
function scores(
  model: Model,
  { data, training }: Recipe,
  { rows, condition, first }: SentRows,
): Promise<Scored> {
  const own = rows as Parameters<typeof datasetOf>[0]
  const held = datasetOf(own, { name: 'body' })
  const dataset: Dataset = {
    ...held,
    read: (indices) => held.read(Array.from(indices, (index) => index - first)),
  }
  const indices = Uint32Array.from({ length: rows.shape[0] }, (_, row) => first + row)
  const certain = !model.stochastic && data.binarize === 'none'
  return averagedScores(certain ? 1 : SCORED_DRAWS, async (draw) => {
    const seed = training.seed + draw
    const read = await exampleReader(data.binarize, seed).heldOut(
      { dataset, indices, ownTest: false },
      indices,
    )
    return model.score(read.x, { condition, seed, first })
  })
}

function scoresAnswered({ reconstruction, kl, elbo }: Scored): Answered {
  const names = ['reconstruction', ...(kl ? ['kl'] : []), ...(elbo ? ['elbo'] : [])]
  const columns = [reconstruction, kl, elbo].filter((column) => column !== undefined)
  const cells = Array.from(reconstruction, (_, row) => columns.map((column) => column[row]))
  return {
    key: 'rows',
    lines: cells.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]]))),
    columns: () => ({ names, cells }),
  }
}
