/** Where the recipes of runs differ, and whether their numbers are about the same thing. */
import type { Recipe } from './recipe.ts'

export interface Difference {
  /** Where in the recipe, such as `objective kl weight`. */
  readonly at: string
  /** One for each run; undefined where its recipe has no such place. */
  readonly values: readonly (string | undefined)[]
}

/** Places at which recipes differ, in the order in which they first appear. */
export function differencesOf(recipes: readonly Recipe[]): Difference[] {
  const flat = recipes.map((recipe) => new Map(leaves(recipe, [])))
  const places = new Set(flat.flatMap((leafs) => [...leafs.keys()]))
  return [...places]
    .map((at) => ({ at, values: flat.map((leafs) => leafs.get(at)) }))
    .filter(({ values }) => values.some((value) => value !== values[0]))
    .map(({ at, values }) => ({ at, values: shortened(values) }))
}

/** Terms go by their names, whatever their order; what else is a list is one value, and so is a table's schema. */
function leaves(value: unknown, path: readonly string[]): [string, string][] {
  if (Array.isArray(value) && value.some(isTerm))
    return value.flatMap((term) => leaves({ ...term, term: undefined }, [...path.slice(0, -1), term.term]))
  if (typeof value !== 'object' || value === null || Array.isArray(value) || path.at(-1) === 'table')
    return value === undefined ? [] : [[path.join(' '), textOf(value)]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
}

const isTerm = (value: unknown): value is { readonly term: string } =>
  typeof value === 'object' && value !== null && 'term' in value

const MOST_LETTERS = 60

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Long texts from a little before the place where they differ. */
function shortened(values: readonly (string | undefined)[]): (string | undefined)[] {
  const [first = '', ...others] = values.filter((value) => value !== undefined)
  let same = 0
  while (same < first.length && others.every((other) => other[same] === first[same])) same++
  const from = Math.max(0, same - MOST_LETTERS / 3)
  return values.map((value) => {
    if (value === undefined || value.length <= MOST_LETTERS) return value
    const end = from + MOST_LETTERS
    return `${from > 0 ? '…' : ''}${value.slice(from, end)}${end < value.length ? '…' : ''}`
  })
}

/**
 * Why numbers of runs with these recipes are not about the same thing; undefined where they are. Nats of other data, of
 * other noise in them, or of another likelihood have nothing to do with each other.
 */
export function incomparable(recipes: readonly Recipe[]): string | undefined {
  const differ = (of: (recipe: Recipe) => unknown) =>
    new Set(recipes.map((recipe) => JSON.stringify(of(recipe)))).size > 1
  if (differ(({ data }) => data.source)) return 'They learn different data'
  if (differ(({ data }) => [data.binarize, data.scaling, data.size, data.table]))
    return 'They see their data in different forms'
  if (differ(({ model }) => model.likelihood)) return 'They have different likelihoods'
  return undefined
}
