import { readFile, stat } from 'node:fs/promises'
import {
  allTerms,
  BetavaeError,
  broughtBy,
  checkDraft,
  type Part,
  parseJson,
  pathFix,
  presetOf,
  type RecipeDraft,
  registered,
  type TermSpec,
} from '../../../inside.node.ts'
import { type Assignment, afterSetting } from './assignment.ts'
import { type Choice, choicesOf, kindsWith, kindWith } from './choices.ts'
import type { RecipeOption } from './option.ts'
import { type RecipeOptions, recipeOptionsOf } from './options.ts'
import { isNode, removeAt, setAt, valueAt } from './tree.ts'

type Given = Readonly<Record<string, unknown>>

/** The recipe that a data set or a recipe file and the options beside it come to. Usage errors: `recipe/…`, `cli/…`. */
export async function draftFrom(
  source: string,
  values: Given,
  parts: readonly Part[] = [],
): Promise<RecipeDraft> {
  const recipe = isRecipeName(source) ? await recipeText(source) : undefined
  const draft = structuredClone(
    recipe === undefined ? { data: { source } } : checkDraft(parseJson(source, recipe)),
  )
  return withOptions(draft, values, parts)
}

/** Whether a file may be a recipe, by its name. */
export const isRecipeName = (source: string): boolean => source.endsWith('.json')

/** No recipe is longer. */
const LONGEST = 2 ** 24

/** The text of a recipe; undefined for a file of data, which are JSON, too. */
async function recipeText(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(async (cause: NodeJS.ErrnoException) => {
    throw new BetavaeError({
      code: 'data/missing',
      seen: `no file "${path}" to read (${cause.code})`,
      wanted: 'a JSON file with a table, or with a recipe',
      fix: await pathFix(path),
      usage: true,
      cause,
    })
  })
  if (found.size > LONGEST || found.isDirectory()) return undefined
  const text = await readFile(path, 'utf8')
  return isRecipe(text) ? text : undefined
}

const PLACES = ['version', 'data', 'model', 'objective', 'training', 'engine']

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a JSON text is a recipe, or would be one were it whole, rather than a table: that has rows or columns. */
function isRecipe(text: string): boolean {
  const value = jsonOf(text)
  if (value === undefined) return !/^\s*\[/.test(text) && jsonOf(text.trim().split('\n')[0]) === undefined
  if (!isNode(value)) return false
  const { data } = value
  return isNode(data)
    ? typeof data.source === 'string'
    : data === undefined && Object.keys(value).every((key) => PLACES.includes(key))
}

function withOptions(draft: RecipeDraft, values: Given, parts: readonly Part[]): RecipeDraft {
  const recipeOptions = recipeOptionsOf(parts)
  const given = Object.entries(recipeOptions).filter(([flag]) => values[flag] !== undefined)
  // All places are cleared before any is set, so that two options that exclude each other are both still seen.
  for (const [flag, { replaces }] of given)
    for (const path of replaces?.(values[flag]) ?? []) removeAt(draft, path.split('.'))
  for (const [flag, { path, term, joined }] of given) {
    const place = path.split('.')
    if (term === undefined)
      setAt(draft, place, joined ? joined(values[flag], valueAt(draft, place)) : values[flag])
  }
  for (const [flag, { path, kind }] of given)
    if (kind !== undefined) nameKind(draft, flag, { place: path.split('.'), kind }, recipeOptions)
  for (const [flag, { term }] of given) if (term !== undefined) setTerm(draft, term, values[flag], parts)
  const assignments = (values.set as readonly Assignment[] | undefined) ?? []
  for (const { path, value } of assignments) setAt(draft, path, value)
  const { architecture, likelihood, optimizer } = choicesOf(broughtBy(parts))
  const flags = given.map(([flag]) => flag)
  for (const choice of [architecture, likelihood, optimizer]) {
    nameChoice(draft, choice)
    checkChoice(draft, choice, flags, recipeOptions)
  }
  return afterSetting(assignments, () => checkDraft(draft))
}

/** Options of a choice that nobody named choose the kind that has them. */
function nameChoice(draft: RecipeDraft, choice: Choice): void {
  const path = choice.path.split('.')
  const chosen = valueAt(draft, path)
  if (isNode(chosen) && chosen.name === undefined)
    setAt(draft, [...path, 'name'], kindWith(choice, Object.keys(chosen)))
}

/** What one kind has is no option beside another that somebody chose. */
function checkChoice(
  draft: RecipeDraft,
  choice: Choice,
  flags: readonly string[],
  recipeOptions: RecipeOptions,
): void {
  const chosen = valueAt(draft, [...choice.path.split('.'), 'name'])
  for (const flag of flags) {
    const { path } = recipeOptions[flag]
    const key = path.startsWith(`${choice.path}.`) ? path.slice(choice.path.length + 1) : 'name'
    const having = key === 'name' ? [] : kindsWith(choice, [key])
    if (having.length > 0 && typeof chosen === 'string' && !having.includes(chosen))
      refuseKind(flag, `${choice.path}.name`, { chosen, kind: having[0] }, recipeOptions)
  }
}

/** An option of one kind chooses that kind where nobody chose; where somebody chose another, it is about nothing. */
function nameKind(
  draft: RecipeDraft,
  flag: string,
  { place, kind }: { readonly place: readonly string[]; readonly kind: string },
  recipeOptions: RecipeOptions,
): void {
  const name = [...place.slice(0, -1), 'name']
  const chosen = valueAt(draft, name)
  if (chosen === kind) return
  if (chosen === undefined) {
    setAt(draft, name, kind)
    return
  }
  refuseKind(flag, name.join('.'), { chosen: String(chosen), kind }, recipeOptions)
}

function refuseKind(
  flag: string,
  name: string,
  { chosen, kind }: { readonly chosen: string; readonly kind: string },
  recipeOptions: RecipeOptions,
): never {
  const [choice] = Object.entries(recipeOptions).find((option) => option[1].path === name) ?? []
  throw new BetavaeError({
    code: 'cli/option-kind',
    seen: `--${flag} beside --${choice} ${chosen}`,
    wanted: `--${choice} ${kind}, whose option it is`,
    fix: `drop --${flag}, or use --${choice} ${kind}`,
    usage: true,
  })
}

/** Gives a term its weight or an option, where it stands or at the end of the preset's terms. */
function setTerm(
  draft: RecipeDraft,
  { name, key }: NonNullable<RecipeOption['term']>,
  value: unknown,
  parts: readonly Part[],
): void {
  const bearer = broughtBy(parts)
  const { terms, name: preset = 'vae' } = draft.objective ?? {}
  const present: readonly TermSpec[] = structuredClone(terms ?? presetOf(preset, bearer).terms)
  const weight = registered('term', allTerms, bearer).find((term) => term.name === name)?.defaultWeight
  const changed = present.some(({ term }) => term === name)
    ? present.map((spec) => (spec.term === name ? { ...spec, [key]: value } : spec))
    : [...present, { term: name, weight, [key]: value }]
  setAt(draft, ['objective', 'terms'], changed)
}

/** Whether any option that writes into a recipe was given. */
export const changesRecipe = (values: Given, parts: readonly Part[]): boolean =>
  values.set !== undefined || Object.keys(recipeOptionsOf(parts)).some((flag) => values[flag] !== undefined)
