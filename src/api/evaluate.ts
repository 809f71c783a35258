import { fail } from '../base/errors.ts'
import type { NameAmong } from '../base/parts.ts'
import { formatShape, sameShape } from '../base/shape.ts'
import type { Dataset } from '../data/dataset.ts'
import { exampleReader, judgedRows, type Rows } from '../data/examples.ts'
import type { Engine } from '../engine/engine.ts'
import type { Evaluation } from '../evaluate/evaluation.ts'
import type { Model } from '../infer/model.ts'
import type { HouseSampler } from '../infer/samplers/index.ts'
import type { TableModel } from '../infer/tables/table-model.ts'
import { readObjective } from '../objective/objective.ts'
import type { WithParts } from '../recipe/bring.ts'
import { givenTo, splitsOf } from '../recipe/splits.ts'
import { modelParts, type Trained } from '../recipe/trained.ts'
import type { HouseMetric } from '../statistics/metrics/index.ts'
import { madeOf } from './made-of.ts'
import { trainedIn } from './trained-in.ts'

export const splitNames = ['test', 'validation', 'train'] as const
export type SplitName = (typeof splitNames)[number]

/** On which rows a model is judged, and by which measures besides its loss. */
export interface EvaluateOptions extends WithParts {
  /** Default: test; where none was held out, validation, else train. `all` are all rows, such as those of other data. */
  readonly split?: SplitName | 'all'
  /** Draws from each posterior for an importance-weighted estimate of −log p(x). */
  readonly nll?: number
  /** Names of disentanglement metrics, or all; for data with factors, or labels as one factor. */
  readonly metrics?: 'all' | readonly NameAmong<HouseMetric>[]
  /** Names of samplers whose samples are held against as many examples, or all that the model can be sampled from. */
  readonly samples?: 'all' | readonly NameAmong<HouseSampler>[]
  readonly signal?: AbortSignal
}

/**
 * Judges an open model on a split of a data set, in nats per example; with the same numbers as
 * `betavae evaluate` of its run.
 *
 * A data set is divided as the model's recipe says, so that of the data it was trained on `test` are rows it
 * never saw. Of more than 100,000 rows, 100,000 are judged, spread evenly; the `count` of the result says how many.
 * Errors: `evaluate/split`, `evaluate/data` for data of another form, `evaluate/no-rows`,
 * `evaluate/nll-samples`, `evaluate/few-examples`, `evaluate/samples-of-table`, `open/foreign-model`,
 * `infer/no-posterior`, `data/no-factors`, those of `disentanglement` and of samplers.
 *
 * @example
 * ```ts
 * import { evaluate, open, openData, train } from 'betavae'
 *
 * const dataset = await openData('digits')
 * const model = await open(await train({ training: { steps: 20 } }, { dataset }))
 * const { elbo, kl, activeUnits, nll } = await evaluate(model, dataset, { nll: 5 })
 * console.log(elbo, kl, activeUnits, nll)
 * model.dispose()
 * ```
 */
export async function evaluate(
  model: Model | TableModel,
  dataset: Dataset,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { found, engine } = madeOf(model)
  const trained = await trainedIn(found, options.parts)
  checkData(trained, dataset)
  checkSplit(options.split)
  return evaluateTrained({ trained, engine: await engine() }, dataset, options)
}

/** Judges a training's result on an engine. */
export async function evaluateTrained(
  { trained, engine }: { readonly trained: Trained; readonly engine: Engine },
  dataset: Dataset,
  { split, nll, metrics, samples, signal }: EvaluateOptions,
): Promise<Evaluation> {
  const { recipe } = trained
  const { spec, example, values, hasPrior } = modelParts(trained)
  const { name, rows } = rowsOfSplit(trained, dataset, split)
  const { evaluateRows } = await import('../evaluate/evaluation.ts')
  return evaluateRows({
    engine,
    spec,
    example,
    values,
    hasPrior,
    scored: {
      terms: readObjective(recipe.objective, recipe.model),
      batch: recipe.training.batch,
      examples: trained.data.trainCount,
    },
    rows: judgedRows(rows),
    reader: exampleReader(recipe.data.binarize, recipe.training.seed),
    split: name,
    seed: recipe.training.seed,
    ...(nll === undefined ? {} : { nll }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(samples === undefined ? {} : { samples }),
    ...(signal ? { signal } : {}),
  })
}

/** The rows that are asked for, or else of the first split that holds any. */
function rowsOfSplit(
  { recipe }: Trained,
  dataset: Dataset,
  split: EvaluateOptions['split'],
): { readonly name: string; readonly rows: Rows } {
  const asked = checkSplit(split)
  if (asked === 'all') {
    const indices = Uint32Array.from({ length: dataset.count }, (_, row) => row)
    return { name: asked, rows: { dataset: givenTo(recipe.model, dataset), indices, ownTest: false } }
  }
  const splits = splitsOf(recipe, dataset)
  const name = asked ?? splitNames.find((candidate) => splits[candidate].indices.length > 0) ?? 'train'
  return { name, rows: splits[name] }
}

function checkSplit(split: string | undefined): EvaluateOptions['split'] {
  const known = ([...splitNames, 'all'] as const).find((name) => name === split)
  if (split === undefined || known) return known
  return fail({
    code: 'evaluate/split',
    seen: `split "${split}"`,
    wanted: `${splitNames.join(', ')}, or all`,
    fix: 'name one of those',
    usage: true,
  })
}

/** Rows of another form have no figures, and cells that were encoded by another schema have wrong ones. */
function checkData({ example, recipe }: Trained, dataset: Dataset): void {
  const { table } = recipe.data
  if (!sameShape(dataset.exampleShape, example.shape) || dataset.dtype !== example.dtype)
    fail({
      code: 'evaluate/data',
      seen: `"${dataset.name}" with examples ${formatShape(dataset.exampleShape)} of ${dataset.dtype}`,
      wanted: `${formatShape(example.shape)} of ${example.dtype}, as in training`,
      fix: table ? AS_TABLE : 'open the data as they were opened for training',
      usage: true,
    })
  if (!sameJson(table?.columns, dataset.table?.columns))
    fail({
      code: 'evaluate/data',
      seen: table
        ? `"${dataset.name}", whose columns were read in another way`
        : `"${dataset.name}", a table`,
      wanted: table ? 'rows that are encoded as in training' : 'plain numbers, as in training',
      fix: table ? AS_TABLE : 'open the data as they were opened for training',
      usage: true,
    })
}

const AS_TABLE = "open the table by the model's own schema: tableDataset(stream, { schema: model.schema })"

/** Whether two values are the same JSON, whatever the order of their keys. */
function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [own, other] = [Object.entries(a), new Map(Object.entries(b))]
  const known = own.filter(([, value]) => value !== undefined)
  return (
    known.length === [...other.values()].filter((value) => value !== undefined).length &&
    known.every(([key, value]) => sameJson(value, other.get(key)))
  )
}
