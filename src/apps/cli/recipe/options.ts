/** The options that write a recipe: one table, from the recipe's schema and the registries. */
import type { z } from 'zod'
import { allTerms, architectures, likelihoods, optimizers, presets } from '../../../node.ts'
import { type OptionSpec, oneOf } from '../options.ts'
import { type Field, fieldAt, optionFields } from './fields.ts'
import { readerFor, weight } from './readers.ts'

/** An option that sets one place of a recipe. */
export interface RecipeOption extends OptionSpec {
  /** Dotted path in the recipe. */
  readonly path: string
  /** The term whose weight this is, in the list at the path. */
  readonly term?: string
  /** Paths that no longer hold when this one is given. */
  readonly replaces?: readonly string[]
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
  replaces: [path],
  group,
  ...oneOf(
    '<name>',
    title,
    kinds.map(({ name }) => name),
  ),
})

/** An option for each option of the kinds that may be chosen. */
function optionsOf(group: string, { path, kinds }: Choice): Record<string, RecipeOption> {
  const found: Record<string, RecipeOption> = {}
  for (const { options } of kinds)
    for (const [key, shape] of Object.entries(optionFields(options)))
      found[key] ??= { path: `${path}.${key}`, group, ...described(shape, String(shape.default ?? 1)) }
  return found
}

const weights: Readonly<Record<string, RecipeOption>> = Object.fromEntries(
  allTerms.map(({ option, name, symbol, summary }) => [
    option,
    {
      path: 'objective.terms',
      term: name,
      group: 'Objective',
      ...weight('1'),
      description: `${symbol}: weight of the ${summary}`,
    },
  ]),
)

/** Every option that writes into a recipe. To add one: one entry here. */
export const recipeOptions: Readonly<Record<string, RecipeOption>> = {
  objective: {
    ...nameOf('Objective', 'objective', 'preset to start from', presets),
    replaces: ['objective', 'model.latent.name'],
  },
  ...weights,
  latent: field('Model', 'model.latent.size', '20'),
  arch: nameOf('Model', architecture.path, 'networks', architectures),
  ...optionsOf('Model', architecture),
  likelihood: nameOf('Model', likelihood.path, 'how the decoder’s output is read', likelihoods),
  ...optionsOf('Model', likelihood),
  epochs: {
    path: 'training.epochs',
    replaces: ['training.steps'],
    group: 'Training',
    description: 'passes over the training rows',
    ...readerFor({ type: 'integer', minimum: 1 }, '10'),
  },
  steps: field('Training', 'training.steps', '2000', { replaces: ['training.epochs'] }),
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
  engine: field('Engine', 'engine.name', 'auto'),
  threads: field('Engine', 'engine.threads', '2'),
}
