/** The options that write a recipe: one table, from the recipe's schema and the registries. */
import type * as z from 'zod'
import {
  allTerms,
  architectures,
  latents,
  likelihoods,
  optimizers,
  presetOf,
  presets,
  priors,
  type Term,
} from '../../../inside.node.ts'
import { type OptionSpec, oneOf } from '../options.ts'
import { type ColumnKindChoice, columnKind, kindsOf } from '../tables/kinds.ts'
import { type Field, fieldAt, optionFields } from './fields.ts'
import { readerFor, weight } from './readers.ts'

/** An option that sets one place of a recipe. */
export interface RecipeOption extends OptionSpec {
  /** Dotted path in the recipe. */
  readonly path: string
  /** The term whose weight or option this is, in the list at the path. */
  readonly term?: { readonly name: string; readonly key: string }
  /** The name that the choice at the path's parent gets where it has none: whose option this is. */
  readonly kind?: string
  /** Paths that no longer hold when this one is given. */
  replaces?(value: unknown): readonly string[]
  /** What comes to stand at the path, where that is not the value itself, from the value and what stands there. */
  joined?(value: unknown, standing: unknown): unknown
}

interface Registered {
  readonly name: string
  readonly options: z.ZodType
}

/** A field that the schema describes. */
function field(group: string, path: string, example: string, more: Partial<RecipeOption> = {}): RecipeOption {
  return { path, group, ...described(fieldAt(path) ?? {}, example), ...more }
}

function described(shape: Field, example: string) {
  const { description = '', default: value, enum: names = [] } = shape
  const listed = names.every((name) => description.includes(name)) ? '' : `: ${names.join(', ')}`
  const usual = value === undefined || value === null ? '' : ` (default: ${value})`
  return { ...readerFor(shape, example), description: description + listed + usual }
}

/** A place of a recipe that names one of the registered things and holds its options. */
interface Choice {
  readonly path: string
  readonly kinds: readonly Registered[]
}

const architecture: Choice = { path: 'model.architecture', kinds: architectures }
const likelihood: Choice = { path: 'model.likelihood', kinds: likelihoods }
const latent: Choice = { path: 'model.latent', kinds: latents }
const prior: Choice = { path: 'model.prior', kinds: priors }
const optimizer: Choice = { path: 'training.optimizer', kinds: optimizers }
export const choices: readonly Choice[] = [architecture, likelihood, optimizer]

/** The kind that has all these options, or else the first. */
export const kindWith = ({ kinds }: Choice, keys: readonly string[]): string =>
  (kinds.find(({ options }) => keys.every((key) => key in optionFields(options))) ?? kinds[0]).name

/** The name at a choice; naming one anew starts from its own defaults. */
const nameOf = (
  group: string,
  path: string,
  title: string,
  kinds: readonly { name: string }[],
): RecipeOption => ({
  path: `${path}.name`,
  replaces: () => [path],
  group,
  ...oneOf(
    '<name>',
    title,
    kinds.map(({ name }) => name),
  ),
})

/** Lists of objects follow from the data. */
const isForPeople = ([, { items }]: readonly [string, Field]): boolean => items?.type !== 'object'

/** An option for each option of the kinds that may be chosen. */
function optionsOf(group: string, { path, kinds }: Choice): Record<string, RecipeOption> {
  const found: Record<string, RecipeOption> = {}
  for (const { options } of kinds)
    for (const [key, shape] of Object.entries(optionFields(options)).filter(isForPeople))
      found[key] ??= { path: `${path}.${key}`, group, ...described(shape, String(shape.default ?? 1)) }
  return found
}

/** Options of the kinds that may be chosen, each under the name of its kind. */
const ownOptionsOf = (group: string, { path, kinds }: Choice): Record<string, RecipeOption> =>
  Object.fromEntries(
    kinds.flatMap(({ name, options }) =>
      Object.entries(optionFields(options)).map(([key, shape]) => [
        flagOf(name, key),
        { path: `${path}.${key}`, kind: name, group, ...described(shape, String(shape.default ?? 1)) },
      ]),
    ),
  )

/** An option of a thing: `--free-bits-nats`. */
const flagOf = (name: string, key: string): string =>
  `${name}-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** The weight of a term, and its options. */
function termOptions({ option, name, symbol, summary, options }: Term): [string, RecipeOption][] {
  const at = { path: 'objective.terms', group: 'Objective' }
  const own = Object.entries(optionFields(options)).map(([key, shape]): [string, RecipeOption] => [
    flagOf(name, key),
    { ...at, term: { name, key }, ...described(shape, String(shape.default ?? 1)) },
  ])
  const description = `${symbol}: weight of the ${summary}`
  return [[option, { ...at, term: { name, key: 'weight' }, ...weight('1'), description }], ...own]
}

const terms: Readonly<Record<string, RecipeOption>> = Object.fromEntries(allTerms.flatMap(termOptions))

/** The kind of code and that kind's own options; its size stands beside them, and stays. */
const latentKind: readonly string[] = [
  'name',
  ...new Set(latents.flatMap(({ options }) => Object.keys(optionFields(options)))),
].map((key) => `${latent.path}.${key}`)

/** What a preset decides besides the terms, and the data's form where it brings a likelihood. */
const decidedBy = (preset: unknown): string[] => [
  'objective',
  ...latentKind,
  'model.latent.draws',
  'model.prior',
  ...(presetOf(String(preset)).likelihood ? ['model.likelihood', 'data.binarize', 'data.scaling'] : []),
]

/** Every option that writes into a recipe. To add one: one entry here. */
export const recipeOptions: Readonly<Record<string, RecipeOption>> = {
  objective: {
    ...nameOf('Objective', 'objective', 'preset to start from', presets),
    replaces: decidedBy,
  },
  ...terms,
  latent: field('Model', 'model.latent.size', '20'),
  draws: field('Model', 'model.latent.draws', '5'),
  posterior: {
    ...nameOf('Model', latent.path, 'kind of code', latents),
    replaces: () => latentKind,
  },
  ...ownOptionsOf('Model', latent),
  prior: nameOf('Model', prior.path, 'what codes are expected to be', priors),
  ...ownOptionsOf('Model', prior),
  arch: nameOf('Model', architecture.path, 'networks', architectures),
  ...optionsOf('Model', architecture),
  likelihood: nameOf('Model', likelihood.path, 'how the decoder’s output is read', likelihoods),
  ...optionsOf('Model', likelihood),
  epochs: {
    path: 'training.epochs',
    replaces: () => ['training.steps'],
    group: 'Training',
    description: 'passes over the training rows',
    ...readerFor({ type: 'integer', minimum: 1 }, '10'),
  },
  steps: field('Training', 'training.steps', '2000', { replaces: () => ['training.epochs'] }),
  batch: field('Training', 'training.batch', '128'),
  optimizer: nameOf('Training', optimizer.path, 'update rule', optimizers),
  lr: field('Training', 'training.learningRate', '0.001'),
  clip: field('Training', 'training.clipNorm', '10'),
  patience: field('Training', 'training.patience', '5'),
  seed: field('Training', 'training.seed', '1'),
  validation: field('Data', 'data.validation', '0.1'),
  test: field('Data', 'data.test', '0.1'),
  binarize: field('Data', 'data.binarize', 'dynamic'),
  scaling: field('Data', 'data.scaling', 'unit'),
  label: field('Data', 'data.label', 'class'),
  exclude: field('Data', 'data.exclude', 'id', { replaces: () => ['data.table'] }),
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
  size: field('Data', 'data.size', '64'),
  engine: field('Engine', 'engine.name', 'auto'),
  threads: field('Engine', 'engine.threads', '2'),
}
