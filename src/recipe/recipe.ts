/** A recipe: everything one training is, as plain JSON. The schema here is the only definition of it. */
import * as z from 'zod/mini'
import { fail } from '../base/errors.ts'
import { partRecordSchema } from '../base/part-record.ts'
import { firstIssue } from '../base/schema.ts'
import { withoutSourcePassword } from '../base/source-password.ts'
import { binarizations, scalings } from '../data/dataset.ts'
import { purposes } from '../data/purpose.ts'
import { kindChoiceSchema } from '../data/tables/kind-choice.ts'
import { levelSchema } from '../data/tables/levels.ts'
import { tableSchemaSchema } from '../data/tables/schema.ts'
import { windowsSchema } from '../data/tables/windows/windows.ts'
import { engineNames } from '../engine/engine.ts'
import { type ModelSpec, modelSchema } from '../model/spec.ts'
import { type ObjectiveSpec, objectiveSchema } from '../objective/objective.ts'
import { weightSchema } from '../objective/schedule.ts'

const fraction = z.number().check(z.minimum(0), z.lt(1))

const dataSchema = z.strictObject({
  source: z.string().check(
    z.minLength(1),
    z.refine((source) => withoutSourcePassword(source) === source, 'a source without a password'),
    z.describe('built-in name, path of a file or folder, or URL of a database'),
  ),
  query: z.optional(
    z
      .string()
      .check(z.minLength(1), z.describe('SQL whose rows are read: of a database, or by DuckDB of files')),
  ),
  binarize: z.enum(binarizations).check(z.describe('none, fixed by seed, or dynamic: afresh at every use')),
  scaling: z.enum(scalings).check(z.describe('from stored numbers to model units')),
  validation: z
    ._default(fraction, 0.1)
    .check(z.describe('share of the training rows held out for validation')),
  test: z
    ._default(fraction, 0.1)
    .check(z.describe('share held out for testing, where the data bring no test set')),
  splitSeed: z.optional(
    z
      .int()
      .check(
        z.minimum(0),
        z.maximum(Number.MAX_SAFE_INTEGER),
        z.describe('decides which rows are held out; without it the seed of the training'),
      ),
  ),
  label: z.optional(z.string().check(z.describe('column or array that holds class numbers'))),
  condition: z.optional(
    z
      .array(z.string().check(z.minLength(1)))
      .check(
        z.minLength(1),
        z.describe('what the model is given beside each example: label, factors, or columns of a table'),
      ),
  ),
  exclude: z.optional(z.array(z.string()).check(z.describe('columns of a table that are left out'))),
  kinds: z.optional(
    z
      .record(z.string(), kindChoiceSchema)
      .check(z.describe('kinds of columns of a table, where they are known better than found out')),
  ),
  missing: z.optional(
    z
      .record(z.string(), z.readonly(z.array(levelSchema)))
      .check(z.describe('values that stand for missing, by column of a table; those of * in all of them')),
  ),
  table: z
    .optional(tableSchemaSchema)
    .check(z.describe('what the columns of a table are; without it that is found out')),
  given: z
    .optional(tableSchemaSchema)
    .check(
      z.describe('what the columns of a table are that the model is given; without it that is found out'),
    ),
  windows: z
    .optional(windowsSchema)
    .check(z.describe('how the rows of a table are ordered, and which windows of them are examples')),
  separator: z.optional(
    z
      .string()
      .check(
        z.length(1),
        z.describe('what stands between the cells of a text table, a blank for runs of them'),
      ),
  ),
  header: z.optional(z.boolean().check(z.describe('whether the first line of a table names its columns'))),
  encoding: z.optional(
    z
      .string()
      .check(z.minLength(1), z.describe('how the characters of a text table are encoded, where not UTF-8')),
  ),
  sheet: z.optional(
    z
      .union([z.string().check(z.minLength(1)), z.int().check(z.positive())])
      .check(z.describe('sheet of an Excel workbook, by name or by number from 1')),
  ),
  size: z.optional(
    z
      .int()
      .check(
        z.positive(),
        z.maximum(4096),
        z.describe('side that the images of a folder are cropped and scaled to'),
      ),
  ),
})

const trainingSchema = z.strictObject({
  for: z.optional(
    z
      .enum(purposes)
      .check(
        z.describe(
          'what a model of a table is for: it decides the size and the length of training where nobody says',
        ),
      ),
  ),
  steps: z.int().check(z.positive(), z.describe('updates in all')),
  batch: z._default(z.int().check(z.positive(), z.describe('examples in a step')), 128),
  optimizer: z._default(z.looseObject({ name: z.string() }), { name: 'adam' }),
  learningRate: z._default(weightSchema, 0.001).check(z.describe('learning rate, a number or a schedule')),
  clipNorm: z
    ._default(z.nullable(z.number().check(z.positive())), null)
    .check(z.describe('largest global gradient norm')),
  patience: z
    ._default(z.nullable(z.int().check(z.positive())), null)
    .check(z.describe('epochs without improvement before stopping')),
  keep: z
    ._default(z.enum(['best', 'last']), 'best')
    .check(z.describe('epoch whose weights are the result: best on validation, where there is one, or last')),
  seed: z._default(
    z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER), z.describe('decides every random draw')),
    0,
  ),
  start: z.optional(
    z.string().check(z.minLength(1), z.describe('run whose parameters to start from instead of drawn ones')),
  ),
})

const engineSchema = z.strictObject({
  name: z._default(
    z.enum(['auto', ...engineNames]).check(z.describe('what executes; auto takes the best there is')),
    'auto',
  ),
  threads: z.optional(z.int().check(z.positive(), z.describe('CPU threads; without it all there are'))),
})

export const recipeSchema = z.strictObject({
  version: z._default(z.literal(1), 1),
  data: dataSchema,
  model: modelSchema,
  objective: objectiveSchema,
  training: trainingSchema,
  engine: z.prefault(engineSchema, {}),
  parts: z.optional(
    z.array(partRecordSchema).check(z.describe('parts that users brought, which its names may lead to')),
  ),
})

/** A complete recipe. */
export interface Recipe extends z.infer<typeof recipeSchema> {
  readonly model: ModelSpec
  readonly objective: ObjectiveSpec
}

/** A recipe with gaps, which the data and the defaults fill. */
export interface RecipeDraft {
  readonly version?: 1
  readonly data: Partial<Recipe['data']> & Pick<Recipe['data'], 'source'>
  readonly model?: {
    readonly architecture?: ModelSpec['architecture']
    readonly latent?: Partial<ModelSpec['latent']>
    readonly prior?: ModelSpec['prior']
    readonly likelihood?: ModelSpec['likelihood']
    readonly condition?: ModelSpec['condition']
    readonly sampler?: ModelSpec['sampler']
  }
  /** A preset's name, with terms where they differ from the preset's. */
  readonly objective?: Partial<ObjectiveSpec>
  readonly training?: Partial<Recipe['training']> & { readonly epochs?: number }
  readonly engine?: Partial<Recipe['engine']>
  readonly parts?: Recipe['parts']
}

declare const CHECKED: unique symbol

/** A draft that came from outside, such as JSON, and has been checked: `checkDraft` makes it. @inline */
export interface CheckedDraft extends RecipeDraft {
  readonly [CHECKED]: true
}

/** The draft of a recipe for a data set that is there: it need not say where its data come from. @inline */
export interface DatasetDraft extends Omit<RecipeDraft, 'data'> {
  readonly data?: Partial<Recipe['data']>
}

/** Checks a complete recipe, such as one read from a run. Throws a usage error that names the path. */
export const checkRecipe = (value: unknown): Recipe => checked(recipeSchema, value)

/** Checks a recipe, complete or not, against its schema. Error: `recipe/invalid`. */
export function checked<Checked>(schema: z.core.$ZodType<Checked>, value: unknown): Checked {
  const parsed = z.safeParse(schema, value)
  if (parsed.success) return parsed.data
  const { at, path, wanted } = firstIssue(parsed.error)
  return fail({
    code: 'recipe/invalid',
    seen:
      at === ''
        ? 'a recipe with keys or a form that recipes do not have'
        : `recipe with ${at} = ${shownValue(value, path)}`,
    wanted,
    fix: at === '' ? 'compare it with the recipe.json of a run' : `correct ${at}`,
    usage: true,
  })
}

/** Characters of what was found that tell enough of it. */
const SHOWN = 200

function shownValue(value: unknown, path: readonly PropertyKey[]): string {
  try {
    const text = JSON.stringify(valueAt(value, path)) ?? 'nothing'
    return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
  } catch {
    // Values in each other for which there is no room on the stack.
    return 'a value of too many levels'
  }
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value)
