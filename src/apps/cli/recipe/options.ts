/** The options that write a recipe: one table, from the recipe's schema and the registries. */
import {
  allTerms,
  type Bearer,
  BetavaeError,
  broughtBy,
  type Part,
  presetOf,
  presets,
  registered,
  type Term,
} from '../../../inside.node.ts'
import {
  type ColumnKindChoice,
  columnKind,
  columnMissing,
  kindsOf,
  type MissingChoice,
  missingIn,
} from '../tables/kinds.ts'
import { reading } from '../tables/reading.ts'
import {
  type Choice,
  choicesOf,
  described,
  exampleOf,
  flagOf,
  nameOf,
  optionsOf,
  ownOptionsOf,
} from './choices.ts'
import { fieldAt, optionFields } from './fields.ts'
import type { RecipeOption } from './option.ts'
import { readerFor, weight } from './readers.ts'

export type RecipeOptions = Readonly<Record<string, RecipeOption>>

/** A field that the schema describes. */
function field(group: string, path: string, example: string, more: Partial<RecipeOption> = {}): RecipeOption {
  return { path, group, ...described(fieldAt(path) ?? {}, example, {}), ...more }
}

/** The weight of a term, and its options. */
function termOptions(
  { option, name, symbol, summary, options }: Term,
  bearer: Bearer,
): [string, RecipeOption][] {
  const at = { path: 'objective.terms', group: 'Objective' }
  const own = Object.entries(optionFields(options)).map(([key, shape]): [string, RecipeOption] => [
    flagOf(name, key),
    { ...at, term: { name, key }, ...described(shape, exampleOf(shape), bearer) },
  ])
  const description = `${symbol}: weight of the ${summary}`
  return [[option, { ...at, term: { name, key: 'weight' }, ...weight('1', bearer), description }], ...own]
}

/** The kind of code and that kind's own options; its size stands beside them, and stays. */
const latentKind = ({ path, kinds }: Choice): readonly string[] =>
  ['name', ...new Set(kinds.flatMap(({ options }) => Object.keys(optionFields(options))))].map(
    (key) => `${path}.${key}`,
  )

/** What a preset decides besides the terms, and the data's form where it brings a likelihood. */
const decidedBy = (preset: unknown, latent: Choice, bearer: Bearer): string[] => [
  'objective',
  ...latentKind(latent),
  'model.latent.draws',
  'model.prior',
  'model.sampler',
  ...(presetOf(String(preset), bearer).likelihood
    ? ['model.likelihood', 'data.binarize', 'data.scaling']
    : []),
]

/** What the purpose of a table's model decides. */
const decidedByPurpose = [
  ...['steps', 'epochs', 'batch', 'learningRate', 'patience'].map((key) => `training.${key}`),
  'model.architecture',
  'model.latent.size',
]

/** What the model is and what it minimizes. To add an option: one entry here. */
function modelOptions(bearer: Bearer): RecipeOptions {
  const { architecture, likelihood, latent, prior } = choicesOf(bearer)
  const terms = registered('term', allTerms, bearer).flatMap((term) => termOptions(term, bearer))
  return {
    objective: {
      ...nameOf('Objective', 'objective', 'preset to start from', registered('preset', presets, bearer)),
      replaces: (preset) => decidedBy(preset, latent, bearer),
    },
    ...Object.fromEntries(terms),
    latent: field('Model', 'model.latent.size', '20'),
    draws: field('Model', 'model.latent.draws', '5'),
    sampler: field('Model', 'model.sampler', 'maf'),
    posterior: {
      ...nameOf('Model', latent.path, 'kind of code', latent.kinds),
      replaces: () => latentKind(latent),
    },
    ...ownOptionsOf('Model', latent, bearer),
    prior: nameOf('Model', prior.path, 'what codes are expected to be', prior.kinds),
    ...ownOptionsOf('Model', prior, bearer),
    arch: nameOf('Model', architecture.path, 'networks', architecture.kinds),
    ...optionsOf('Model', architecture, bearer),
    likelihood: nameOf('Model', likelihood.path, 'how the decoder’s output is read', likelihood.kinds),
    ...optionsOf('Model', likelihood, bearer),
  }
}

/** What has to be found out again where other windows of other columns are wanted. */
const anewWindows = ['data.table', 'data.windows.schema', 'model.condition']

/** How it is trained, and on what. To add an option: one entry here. */
function trainingOptions(bearer: Bearer): RecipeOptions {
  const { optimizer } = choicesOf(bearer)
  return {
    for: field('Training', 'training.for', 'rows', { replaces: () => decidedByPurpose }),
    epochs: {
      path: 'training.epochs',
      replaces: () => ['training.steps'],
      group: 'Training',
      description: 'passes over the training rows',
      ...readerFor({ type: 'integer', minimum: 1 }, '10', bearer),
    },
    steps: field('Training', 'training.steps', '2000', { replaces: () => ['training.epochs'] }),
    batch: field('Training', 'training.batch', '128'),
    optimizer: nameOf('Training', optimizer.path, 'update rule', optimizer.kinds),
    lr: field('Training', 'training.learningRate', '0.001'),
    clip: field('Training', 'training.clipNorm', '10'),
    patience: field('Training', 'training.patience', '5'),
    keep: field('Training', 'training.keep', 'last'),
    seed: field('Training', 'training.seed', '1'),
    validation: field('Data', 'data.validation', '0.1'),
    test: field('Data', 'data.test', '0.1'),
    binarize: field('Data', 'data.binarize', 'dynamic'),
    scaling: field('Data', 'data.scaling', 'unit'),
    label: field('Data', 'data.label', 'class'),
    condition: field('Data', 'data.condition', 'label', {
      replaces: () => ['data.table', 'data.given', 'model.condition'],
    }),
    exclude: field('Data', 'data.exclude', 'id', { replaces: () => ['data.table'] }),
    order: field('Data', 'data.windows.order', 'time', { replaces: () => anewWindows }),
    group: field('Data', 'data.windows.group', 'machine', { replaces: () => anewWindows }),
    window: field('Data', 'data.windows.rows', '48', { replaces: () => anewWindows }),
    stride: field('Data', 'data.windows.stride', '4'),
    kind: {
      path: 'data.kinds',
      group: 'Data',
      ...columnKind,
      replaces: () => ['data.table'],
      joined: (value, standing) => ({
        ...(standing as object | undefined),
        ...kindsOf(value as readonly ColumnKindChoice[]),
      }),
    },
    missing: {
      path: 'data.missing',
      group: 'Data',
      ...columnMissing,
      replaces: () => ['data.table'],
      joined: (value, standing) => ({
        ...(standing as object | undefined),
        ...missingIn(value as readonly MissingChoice[]),
      }),
    },
    ...Object.fromEntries(
      Object.entries(reading).map(([flag, option]) => [
        flag,
        { ...option, group: 'Data', path: `data.${flag}`, replaces: () => ['data.table'] },
      ]),
    ),
    size: field('Data', 'data.size', '64'),
    engine: field('Engine', 'engine.name', 'auto'),
    threads: field('Engine', 'engine.threads', '2'),
  }
}

/** Every option that writes into a recipe: of the house, and of the parts that were brought. Error: `parts/option`. */
export function recipeOptionsOf(parts: readonly Part[]): RecipeOptions {
  const bearer = broughtBy(parts)
  for (const term of registered('term', allTerms, bearer).slice(allTerms.length))
    if (term.option in recipeOptions) refuseOption(term)
  return houseOptions(bearer)
}

/** What most trainings need; of the house's others `--help` tells where all are. */
const USUAL = [
  ...['objective', 'beta', 'latent', 'arch', 'hidden', 'likelihood'],
  ...['for', 'epochs', 'steps', 'batch', 'lr', 'patience', 'seed'],
  ...['validation', 'label', 'condition', 'exclude', 'order', 'kind', 'missing', 'query', 'size', 'engine'],
]

/** Options for a bearer of parts; those that were brought are shown, since somebody wants them. */
function houseOptions(bearer: Bearer): RecipeOptions {
  const own = { ...modelOptions({}), ...trainingOptions({}) }
  return Object.fromEntries(
    Object.entries({ ...modelOptions(bearer), ...trainingOptions(bearer) }).map(([flag, option]) => [
      flag,
      flag in own && !USUAL.includes(flag) ? { ...option, isSeldom: true } : option,
    ]),
  )
}

const refuseOption = ({ name, option }: Term): never => {
  throw new BetavaeError({
    code: 'parts/option',
    seen: `the term "${name}", whose weight would be --${option}`,
    wanted: 'an option that nothing else has',
    fix: `give it another one: option: '${name}'`,
    usage: true,
  })
}

/** The house's own. */
export const recipeOptions: RecipeOptions = houseOptions({})
