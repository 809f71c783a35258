import { fail } from '../base/errors.ts'
import { type Bearer, broughtBy, find, type Part, type PartRecord } from '../base/parts.ts'
import { sizeOf } from '../base/shape.ts'
import { clampBatch } from '../data/batches.ts'
import { conditionOf } from '../data/conditioned.ts'
import type { Dataset, DatasetDefaults } from '../data/dataset.ts'
import type { Purpose } from '../data/purpose.ts'
import { dividedBy } from '../data/split.ts'
import { encodedColumns, tableLayout } from '../data/tables/layout.ts'
import { loadKinds } from '../model/load-kinds.ts'
import {
  type Choice,
  choose,
  completeModel,
  fittingSize,
  likelihoodOf,
  type ModelSpec,
  sizeOfPlaces,
} from '../model/spec.ts'
import { loadTerms } from '../objective/load-terms.ts'
import type { ObjectiveSpec } from '../objective/objective.ts'
import { allPresets } from '../objective/presets/index.ts'
import type { Preset } from '../objective/presets/preset.ts'
import { allOptimizers } from '../optimizers/index.ts'
import { partRecords } from './bring.ts'
import { bringing } from './bringing.ts'
import { checkRecipe, type Recipe, type RecipeDraft } from './recipe.ts'

/** Updates that a model gets where nobody says: enough for the data sets this was measured on. */
const DEFAULT_STEPS = 8000
const EPOCHS = { fewest: 10, most: 500 }

/** What a draft asks for, before anything of it is checked. */
interface Asked {
  readonly preset: Preset
  readonly dataset: Dataset
  readonly records: readonly PartRecord[]
  readonly bearer: Bearer
}

function askedBy(draft: RecipeDraft, { defaults, ...rest }: Dataset, parts: readonly Part[]): Asked {
  const dataset = { ...rest, defaults: defaultsFor(draft.training?.for, defaults) }
  const records = partRecords(parts, draft.parts)
  const bearer = broughtBy(parts, records)
  return { preset: presetOf(draft.objective?.name ?? 'vae', bearer), dataset, records, bearer }
}

/** Loads what a draft names of what few models have; it can be completed then. */
export async function loadDraft(
  draft: RecipeDraft,
  given: Dataset,
  parts: readonly Part[] = [],
): Promise<void> {
  const { preset, dataset, bearer } = askedBy(draft, given, parts)
  await loadKinds({ ...kindsOf(draft, dataset, preset), ...bearer })
  await loadTerms(draft.objective?.terms ?? preset.terms, bearer)
}

/**
 * Fills a draft's gaps from the data and the defaults, and checks the whole. The result repeats itself anywhere where its
 * parts are.
 */
export function completeRecipe(draft: RecipeDraft, given: Dataset, parts: readonly Part[] = []): Recipe {
  const { preset, dataset, records, bearer } = askedBy(draft, given, parts)
  const model = completeModel({ ...modelOf(draft, dataset, preset, bearer), ...bearer }, dataset.exampleShape)
  const data = dataOf(draft, dataset, model, preset)
  const objective: ObjectiveSpec = {
    name: preset.name,
    terms: draft.objective?.terms ?? preset.terms.map((term) => ({ ...term })),
  }
  const { epochs: _, ...training } = draft.training ?? {}
  // What completes a recipe must see numbers that have been checked, so the rest is checked first.
  const checked = checkRecipe({
    ...draft,
    data,
    model,
    objective,
    training: { ...training, steps: training.steps ?? 1 },
    ...(records.length > 0 ? { parts: records } : {}),
  })
  const brought = bringing(checked, parts)
  return { ...brought, training: trainingOf(brought, dataset, draft.training ?? {}) }
}

/** The defaults of a data set for what its model is to do. Error, usage: `recipe/for` of data that are no table. */
function defaultsFor(
  purpose: Purpose | undefined,
  { purposes, ...usual }: DatasetDefaults,
): Omit<DatasetDefaults, 'purposes'> {
  if (purpose === undefined) return usual
  if (purposes) return { ...usual, ...purposes[purpose] }
  return fail({
    code: 'recipe/for',
    seen: `a model for ${purpose} of data that are no table`,
    wanted: 'a table, whose rows are scored, filled and made',
    fix: 'drop --for',
    usage: true,
  })
}

/** A preset by its name. Error, usage: `objective/unknown-preset`. */
export const presetOf = (name: string, bearer: Bearer): Preset =>
  find('preset', allPresets, name, bearer, {
    code: 'objective/unknown-preset',
    seen: `objective "${name}"`,
  })

/** The kinds that a model is made of, as they are said, asked for by the preset or suggested by the data. */
const kindsOf = ({ model = {} }: RecipeDraft, dataset: Dataset, preset: Preset) => ({
  architecture: architectureFor(model.architecture, dataset),
  latent: latentChoice(preset, model.latent),
  prior: model.prior ?? preset.prior ?? { name: 'standard' },
  likelihood: likelihoodFor(model.likelihood, preset.likelihood, dataset),
})

function modelOf(draft: RecipeDraft, dataset: Dataset, preset: Preset, bearer: Bearer): ModelSpec {
  const kinds = kindsOf(draft, dataset, preset)
  const suggested = dataset.defaults.latent ?? defaultLatent(sizeOf(dataset.exampleShape))
  const usual = Math.min(suggested, preset.mostDimensions ?? suggested)
  const latent = { size: usual, draws: 1, ...kinds.latent }
  const isSaid = draft.model?.latent?.size !== undefined
  const placed = { architecture: kinds.architecture, latent, ...bearer }
  const size = () => sizeOfPlaces(placed, dataset.exampleShape) ?? fittingSize(placed, latent.size)
  return {
    ...kinds,
    latent: isSaid ? latent : { ...latent, size: size() },
    ...conditionFor(draft, dataset, preset),
    ...samplerFor(draft.model?.sampler ?? preset.sampler),
  }
}

const samplerFor = (name: string | undefined): Pick<ModelSpec, 'sampler'> =>
  name === undefined ? {} : { sampler: name }

/** How the data of a draft are to be opened: with what its preset gives the model where nobody says. */
export function dataOfDraft({ data, objective }: RecipeDraft, bearer: Bearer): RecipeDraft['data'] {
  const { condition } = presetOf(objective?.name ?? 'vae', bearer)
  return condition && !data.condition ? { ...data, condition: [...condition] } : data
}

/** What the data know of what the model is to be given, unless it is known already, as of a complete recipe. */
function conditionFor(
  { data, model = {} }: RecipeDraft,
  dataset: Dataset,
  preset: Preset,
): Pick<ModelSpec, 'condition'> {
  const names = [...(data.condition ?? preset.condition ?? []), ...(dataset.told ?? [])]
  if (names.length === 0) return {}
  const isSame = model.condition && sameNames(model.condition, names)
  return { condition: isSame ? model.condition : conditionOf(dataset, names) }
}

const sameNames = (columns: readonly { readonly name: string }[], names: readonly string[]): boolean =>
  columns.map(({ name }) => name).join() === [...new Set(names)].join()

/** What is said, and what the data suggest for the same architecture. */
const architectureFor = (said: Choice | undefined, { defaults }: Dataset): Choice => {
  const usual = defaults.architecture ?? { name: 'mlp' }
  return said === undefined || said.name === usual.name ? { ...usual, ...said } : said
}

/**
 * What is said, what the preset asks for, or what the data suggest. Of a table it is a density for each of its columns,
 * whatever the preset: each real one has a σ of its own, learned with the rest, and levels have no squared error.
 */
function likelihoodFor(
  said: Choice | undefined,
  asked: Choice | undefined,
  { defaults, table, windows }: Dataset,
): Choice {
  const usual = { name: defaults.likelihood ?? 'gaussian' }
  if (!table) return said ?? asked ?? usual
  const columns = encodedColumns(tableLayout(table))
  const times = windows && { times: windows.rows }
  return { ...(said ?? usual), columns: columns.map((column) => ({ ...column, ...times })) }
}

/** A preset's options are for the kind of code that it names; how many codes are drawn is for any kind. */
const latentChoice = (
  { latent: { draws, ...own } }: Preset,
  given: Partial<ModelSpec['latent']> = {},
): Partial<ModelSpec['latent']> & Pick<ModelSpec['latent'], 'name'> => ({
  ...(draws === undefined ? {} : { draws }),
  ...(given.name === undefined || given.name === own.name ? own : { name: given.name }),
  ...given,
})

/** 20 for images; half the columns for a narrow table. */
const defaultLatent = (dataSize: number): number =>
  dataSize >= 40 ? 20 : Math.max(2, Math.ceil(dataSize / 2))

function dataOf(
  { data }: RecipeDraft,
  dataset: Dataset,
  model: ModelSpec,
  preset: Preset,
): RecipeDraft['data'] {
  const { kind, options } = likelihoodOf(model)
  const { isBinary, isWhole, isAmount } = kind.support(options)
  const binarize = data.binarize ?? (isBinary ? dataset.defaults.binarize : undefined) ?? 'none'
  // Drawn pixels are 0 or 1 as they are; bytes need their divisor.
  const drawn = dataset.dtype === 'uint8' ? 'unit' : 'none'
  const usual = isWhole || isAmount ? 'none' : (dataset.defaults.scaling ?? 'none')
  const scaling = data.scaling ?? (binarize === 'none' ? usual : drawn)
  if (binarize !== 'none' && scaling !== drawn)
    fail({
      code: 'recipe/binarize-scaling',
      seen: `binarize "${binarize}" with scaling "${scaling}"`,
      wanted: `scaling "${drawn}", which leaves 0 and 1`,
      fix: 'drop --scaling, or use --binarize none',
      usage: true,
    })
  const condition = data.condition ?? preset.condition
  return {
    ...data,
    binarize,
    scaling,
    ...(dataset.table ? { table: dataset.table } : {}),
    ...(dataset.given ? { given: dataset.given } : {}),
    ...(dataset.windows ? { windows: dataset.windows } : {}),
    ...(condition && { condition: [...condition] }),
  }
}

function trainingOf(
  { data, training, model }: Recipe,
  dataset: Dataset,
  given: NonNullable<RecipeDraft['training']>,
): Recipe['training'] {
  refuseLength(given)
  const { steps, epochs, batch: hasBatch } = given
  const own = { hasTest: !!dataset.test, hasValidation: !!dataset.validation }
  const seed = data.splitSeed ?? training.seed
  const split = dividedBy(dataset, { count: dataset.count, ...own, ...data, seed })
  const rows = split.train.length
  const usualBatch = dataset.defaults.batch ?? Math.min(training.batch, smallBatch(rows))
  const batch = clampBatch(hasBatch ? training.batch : usualBatch, rows)
  const stepsPerEpoch = Math.floor(rows / batch)
  const { kind, options } = choose('optimizer', allOptimizers, training.optimizer, model)
  const optimizer = { name: kind.name, ...(options as object) }
  const completed = { ...training, optimizer, batch }
  if (steps !== undefined) return { ...completed, steps }
  if (epochs !== undefined) return { ...completed, steps: epochs * stepsPerEpoch }
  const heldOut = dataset.validation?.count ?? split.validation.length
  return { ...completed, ...usualLength(dataset.defaults, { stepsPerEpoch, heldOut }, given) }
}

/** Held-out rows, of fewer of which nobody can tell where a training should end. */
const FEWEST_JUDGES = 10
/** Epochs without a rise are many enough to be one, however long they are. */
const FEWEST_EPOCHS = 5

/** How long a training is where nobody says: as the data want it, and until held-out rows say that it is enough. */
function usualLength(
  { steps, patience, rates, short }: DatasetDefaults,
  { stepsPerEpoch, heldOut }: { readonly stepsPerEpoch: number; readonly heldOut: number },
  given: NonNullable<RecipeDraft['training']>,
): Pick<Recipe['training'], 'steps'> & Partial<Recipe['training']> {
  if (patience === undefined || steps === undefined)
    return { steps: steps ?? clamp(Math.ceil(DEFAULT_STEPS / stepsPerEpoch), EPOCHS) * stepsPerEpoch }
  if (heldOut < FEWEST_JUDGES && given.patience === undefined) return { steps: short ?? steps }
  return {
    steps,
    ...(given.patience === undefined && {
      patience: Math.max(Math.ceil(patience / stepsPerEpoch), FEWEST_EPOCHS),
    }),
    ...(given.learningRate === undefined &&
      rates && { learningRate: `linear(${rates[0]}, ${rates[1]}, ${steps})` }),
  }
}

/** Errors, usage: `recipe/steps-and-epochs`, `recipe/epochs`. */
function refuseLength({ steps, epochs }: NonNullable<RecipeDraft['training']>): void {
  if (steps !== undefined && epochs !== undefined)
    fail({
      code: 'recipe/steps-and-epochs',
      seen: `${steps} steps and ${epochs} epochs`,
      wanted: 'one of the two',
      fix: 'drop --steps or --epochs',
      usage: true,
    })
  if (epochs !== undefined && !(Number.isInteger(epochs) && epochs > 0))
    fail({
      code: 'recipe/epochs',
      seen: `${epochs} epochs`,
      wanted: 'a whole number of at least 1',
      fix: 'give the number of passes over the data',
      usage: true,
    })
}

const clamp = (x: number, { fewest, most }: typeof EPOCHS): number => Math.min(Math.max(x, fewest), most)

/** A small table still gets several steps an epoch, and loses few rows to an incomplete last batch. */
const smallBatch = (rows: number): number => Math.max(8, Math.floor(rows / 8))
