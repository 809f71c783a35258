/** A recipe: everything one training is, as plain JSON. The schema here is the only definition of it. */
import * as z from 'zod'
import { fail } from '../base/errors.ts'
import { partKinds } from '../base/parts.ts'
import { withoutPasswords } from '../base/passwords.ts'
import { firstIssue } from '../base/schema.ts'
import { binarizations, scalings } from '../data/dataset.ts'
import { kindChoiceSchema } from '../data/tables/kind-choice.ts'
import { levelSchema } from '../data/tables/levels.ts'
import { tableSchemaSchema } from '../data/tables/schema.ts'
import { engineNames } from '../engine/engine.ts'
import { type ModelSpec, modelSchema } from '../model/spec.ts'
import { type ObjectiveSpec, objectiveSchema } from '../objective/objective.ts'
import { weightSchema } from '../objective/schedule.ts'

const fraction = z.number().min(0).lt(1)

const dataSchema = z.strictObject({
  source: z
    .string()
    .min(1)
    .refine((source) => withoutPasswords(source) === source, 'a source without a password')
    .describe('built-in name, path of a file or folder, or URL of a database'),
  query: z
    .string()
    .min(1)
    .optional()
    .describe('SQL whose rows are read: of a database, or by DuckDB of files'),
  binarize: z.enum(binarizations).describe('none, fixed by seed, or dynamic: afresh at every use'),
  scaling: z.enum(scalings).describe('from stored numbers to model units'),
  validation: fraction.default(0.1).describe('share of the training rows held out for validation'),
  test: fraction.default(0.1).describe('share held out for testing, where the data bring no test set'),
  splitSeed: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('decides which rows are held out; without it the seed of the training'),
  label: z.string().optional().describe('column or array that holds class numbers'),
  exclude: z.array(z.string()).optional().describe('columns of a table that are left out'),
  kinds: z
    .record(z.string(), kindChoiceSchema)
    .optional()
    .describe('kinds of columns of a table, where they are known better than found out'),
  missing: z
    .record(z.string(), z.array(levelSchema).readonly())
    .optional()
    .describe('values that stand for missing, by column of a table; those of * in all of them'),
  table: tableSchemaSchema
    .optional()
    .describe('what the columns of a table are; without it that is found out'),
  separator: z
    .string()
    .length(1)
    .optional()
    .describe('what stands between the cells of a text table, a blank for runs of them'),
  header: z.boolean().optional().describe('whether the first line of a table names its columns'),
  sheet: z
    .union([z.string().min(1), z.int().positive()])
    .optional()
    .describe('sheet of an Excel workbook, by name or by number from 1'),
  size: z
    .int()
    .positive()
    .max(4096)
    .optional()
    .describe('side that the images of a folder are cropped and scaled to'),
})

const trainingSchema = z.strictObject({
  steps: z.int().positive().describe('updates in all'),
  batch: z.int().positive().default(128).describe('examples in a step'),
  optimizer: z.looseObject({ name: z.string() }).default({ name: 'adam' }),
  learningRate: weightSchema.default(0.001).describe('learning rate, a number or a schedule'),
  clipNorm: z.number().positive().nullable().default(null).describe('largest global gradient norm'),
  patience: z
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe('epochs without improvement before stopping'),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0).describe('decides every random draw'),
  start: z.string().min(1).optional().describe('run whose parameters to start from instead of drawn ones'),
})

const engineSchema = z.strictObject({
  name: z
    .enum(['auto', ...engineNames])
    .default('auto')
    .describe('what executes; auto takes the best there is'),
  threads: z.int().positive().optional().describe('CPU threads; without it all there are'),
})

const partSchema = z.strictObject({
  kind: z.enum(partKinds).describe('what the part is'),
  name: z.string().min(1),
  module: z.string().min(1).optional().describe('file that exports it'),
  digest: z.string().optional().describe('SHA-256 of that file'),
})

export const recipeSchema = z.strictObject({
  version: z.literal(1).default(1),
  data: dataSchema,
  model: modelSchema,
  objective: objectiveSchema,
  training: trainingSchema,
  engine: engineSchema.prefault({}),
  parts: z.array(partSchema).optional().describe('parts that users brought, which its names may lead to'),
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
export function checked<Checked>(schema: z.ZodType<Checked>, value: unknown): Checked {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { at, path, wanted } = firstIssue(parsed.error)
  return fail({
    code: 'recipe/invalid',
    seen:
      at === ''
        ? 'a recipe with keys or a form that recipes do not have'
        : `recipe with ${at} = ${shown(value, path)}`,
    wanted,
    fix: at === '' ? 'compare it with the recipe.json of a run' : `correct ${at}`,
    usage: true,
  })
}

const shown = (value: unknown, path: readonly PropertyKey[]): string =>
  JSON.stringify(valueAt(value, path)) ?? 'nothing'

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value)
