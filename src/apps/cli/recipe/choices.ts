/** Options that choose one of several registered things and set its own options. */
import type * as z from 'zod/mini'
import {
  architectures,
  type Bearer,
  latents,
  likelihoods,
  optimizers,
  priors,
  registered,
} from '../../../inside.node.ts'
import { oneOf } from '../options.ts'
import { type Field, optionFields } from './fields.ts'
import type { RecipeOption } from './option.ts'
import { readerFor } from './readers.ts'

interface Registered {
  readonly name: string
  readonly options: z.core.$ZodType
}

/** A place of a recipe that names one of the registered things and holds its options. */
export interface Choice {
  readonly path: string
  readonly kinds: readonly Registered[]
}

/** The choices of a recipe, among the house's things and those that were brought. */
export const choicesOf = (bearer: Bearer) => ({
  architecture: {
    path: 'model.architecture',
    kinds: registered('architecture', architectures, bearer),
  },
  likelihood: { path: 'model.likelihood', kinds: registered('likelihood', likelihoods, bearer) },
  latent: { path: 'model.latent', kinds: registered('latent', latents, bearer) },
  prior: { path: 'model.prior', kinds: registered('prior', priors, bearer) },
  optimizer: { path: 'training.optimizer', kinds: registered('optimizer', optimizers, bearer) },
})

/** The kinds that have all these options. */
export const kindsWith = ({ kinds }: Choice, keys: readonly string[]): string[] =>
  kinds.filter(({ options }) => keys.every((key) => key in optionFields(options))).map(({ name }) => name)

/** The kind that has all these options, or else the first. */
export const kindWith = (choice: Choice, keys: readonly string[]): string =>
  kindsWith(choice, keys)[0] ?? choice.kinds[0].name

/** What a field is, and how its text is read. */
export function described(shape: Field, example: string, bearer: Bearer) {
  const { description = '', default: value, enum: names = [] } = shape
  const listed = names.every((name) => description.includes(name)) ? '' : `: ${names.join(', ')}`
  const usual = value === undefined || value === null ? '' : ` (default: ${value})`
  return { ...readerFor(shape, example, bearer), description: description + listed + usual }
}

/** The name at a choice; naming one anew starts from its own defaults. */
export const nameOf = (
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
export function optionsOf(
  group: string,
  { path, kinds }: Choice,
  bearer: Bearer,
): Record<string, RecipeOption> {
  const found: Record<string, RecipeOption> = {}
  for (const { options } of kinds)
    for (const [key, shape] of Object.entries(optionFields(options)).filter(isForPeople))
      found[key] ??= { path: `${path}.${key}`, group, ...described(shape, exampleOf(shape), bearer) }
  return found
}

/** Options of the kinds that may be chosen, each under the name of its kind. */
export const ownOptionsOf = (
  group: string,
  { path, kinds }: Choice,
  bearer: Bearer,
): Record<string, RecipeOption> =>
  Object.fromEntries(
    kinds.flatMap(({ name, options }) =>
      Object.entries(optionFields(options)).map(([key, shape]) => [
        flagOf(name, key),
        { path: `${path}.${key}`, kind: name, group, ...described(shape, exampleOf(shape), bearer) },
      ]),
    ),
  )

export const exampleOf = (shape: Field): string => String(shape.default ?? 1)

/** An option of a thing: `--free-bits-nats`. */
export const flagOf = (name: string, key: string): string =>
  `${name}-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
