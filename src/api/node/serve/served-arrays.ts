/** A model of plain numbers or images that answers requests. */
import type { NDArray } from '../../../base/arrays.ts'
import { type Dataset, datasetOf } from '../../../data/dataset.ts'
import { exampleReader } from '../../../data/examples.ts'
import type { Engine } from '../../../engine/engine.ts'
import { createModel } from '../../../infer/create-model.ts'
import type { Model, Scored } from '../../../infer/model.ts'
import type { Recipe } from '../../../recipe/recipe.ts'
import { modelParts, type Trained } from '../../../recipe/trained.ts'
import { averagedScores, SCORED_DRAWS } from '../../averaged-scores.ts'
import { checkCount, numbersIn } from './bodies.ts'
import { arrayOf, codesAnswered, numbersAnswered } from './codes.ts'
import type { AskedOptions, OperationName } from './operations.ts'
import type { ServingTask } from './protocol.ts'
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
  const rowsOf = ({ bytes, form, most }: Body): NDArray =>
    arrayOf(numbersIn(bytes, form, 'rows', most), shape, dtype)
  const ofRows =
    (make: (rows: NDArray, first: number) => Promise<Answered>): Answer =>
    async (_, body) => {
      const rows = rowsOf(body)
      return { answered: await make(rows, body.first), rows: rows.shape[0] }
    }
  const answers: Record<Exclude<OperationName, 'impute'>, Answer> = {
    score: ofRows(async (rows, first) => scoresAnswered(await scores(model, trained.recipe, rows, first))),
    encode: ofRows(async (rows) => codesAnswered(await model.encode(rows))),
    reconstruct: ofRows(async (rows) => numbersAnswered(await model.reconstruct(rows))),
    async decode(_, { bytes, form, most }) {
      const codes = arrayOf(numbersIn(bytes, form, 'codes', most), [model.latent], 'float32')
      return { answered: numbersAnswered(await model.decode(codes)), rows: codes.shape[0] }
    },
    async sample({ count = 10, seed, from }) {
      checkCount(count, mostRows)
      return { answered: numbersAnswered(await model.sample(count, { seed, from })), rows: count }
    },
  }
  const operations = Object.keys(answers) as (keyof typeof answers)[]
  return {
    facts: {
      operations,
      latent: model.latent,
      exampleShape: model.exampleShape,
      engine: engine.name,
      heldOut: 0,
    },
    answer: (operation, options, bodies) =>
      eachAlone(bodies, (body) => answers[operation as keyof typeof answers](options, body)),
  }
}

/** As `betavae score` has them: binarized as in an evaluation, averaged over draws. */
function scores(model: Model, { data, training }: Recipe, rows: NDArray, first: number): Promise<Scored> {
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
    return model.score(read.x, { seed, first })
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
