/** A recipe's draft as its types know it: names and options of the house's things, and of those that are brought. */
import type * as z from 'zod/mini'
import type { KIND, Part, PartKind } from '../base/parts.ts'
import type { HouseKindChoice } from '../data/tables/kind-choice.ts'
import type { HouseSampler } from '../infer/samplers/index.ts'
import type { HouseArchitecture } from '../model/architectures/index.ts'
import type { HouseLatent } from '../model/distributions/index.ts'
import type { HouseLikelihood } from '../model/likelihoods/index.ts'
import type { HousePrior } from '../model/priors/index.ts'
import type { HousePreset } from '../objective/presets/index.ts'
import type { Weight } from '../objective/schedule.ts'
import type { HouseTerm } from '../objective/terms/index.ts'
import type { HouseOptimizer } from '../optimizers/index.ts'
import type { CheckedDraft, Recipe, RecipeDraft } from './recipe.ts'

/** Those among parts that are of a kind. */
type Of<Kind extends PartKind, Parts extends readonly Part[]> = Extract<
  Parts[number],
  { readonly [KIND]: Kind }
>

/** What a schema of options takes, with nothing that must be given; one without options takes none. @inline */
type Given<Options extends z.core.$ZodType> = {
  readonly [Key in keyof z.input<Options> as string extends Key ? never : Key]?: z.input<Options>[Key]
}

/** A name and the options that go with it; what is left out is filled from defaults and data. @inline */
type ChoiceOf<Thing> = Thing extends {
  readonly name: infer Name extends string
  readonly options: infer Options extends z.core.$ZodType
}
  ? { readonly name: Name } & Given<Options>
  : never

/** A term, its weight and its options. @inline */
type TermOf<Thing> = Thing extends {
  readonly name: infer Name extends string
  readonly options: infer Options extends z.core.$ZodType
}
  ? { readonly term: Name; readonly weight: Weight } & Given<Options>
  : never

/** Of any kind of code. @inline */
interface CodeSize {
  /** Dimensions of the code. */
  readonly size?: number
  /** Codes drawn for each example in a training step. */
  readonly draws?: number
}

/** @inline */
type CodeOf<Thing> = (ChoiceOf<Thing> & CodeSize) | (CodeSize & { readonly name?: never })

/** @inline */
type NameOf<Thing> = Thing extends { readonly name: infer Name } ? Name : never

/** Kinds of columns, with the names that there are. @inline */
interface Kinds<Parts extends readonly Part[]> {
  /** Kinds of columns of a table, where they are known better than found out. */
  readonly kinds?: Readonly<Record<string, HouseKindChoice | NameOf<Of<'column-kind', Parts>>>>
}

/** Places of a recipe where a name is chosen, with the names that there are. */
interface Choices<Parts extends readonly Part[]> {
  readonly model?: {
    readonly architecture?: ChoiceOf<HouseArchitecture | Of<'architecture', Parts>>
    readonly latent?: CodeOf<HouseLatent | Of<'latent', Parts>>
    readonly prior?: ChoiceOf<HousePrior | Of<'prior', Parts>>
    readonly likelihood?: ChoiceOf<HouseLikelihood | Of<'likelihood', Parts>>
    readonly condition?: Recipe['model']['condition']
    readonly sampler?: NameOf<HouseSampler | Of<'sampler', Parts>>
  }
  /** A preset's name, with terms where they differ from the preset's. */
  readonly objective?: {
    readonly name?: NameOf<HousePreset | Of<'preset', Parts>>
    readonly terms?: readonly TermOf<HouseTerm | Of<'term', Parts>>[]
  }
  readonly training?: Partial<Omit<Recipe['training'], 'optimizer'>> & {
    readonly epochs?: number
    readonly optimizer?: ChoiceOf<HouseOptimizer | Of<'optimizer', Parts>>
  }
}

/**
 * A recipe with gaps, which the data and the defaults fill.
 *
 * Names and options are the built-in ones and those of the parts that are given; others do not compile. What is
 * plain data, such as JSON from a file, goes through `checkDraft` instead.
 *
 * @inline
 */
export interface Draft<Parts extends readonly Part[] = readonly []>
  extends Omit<RecipeDraft, keyof Choices<Parts> | 'data'>,
    Choices<Parts> {
  readonly data: Omit<RecipeDraft['data'], 'kinds'> & Kinds<Parts>
}

/** The draft of a recipe for a data set that is there: it need not say where its data come from. @inline */
export interface DraftBeside<Parts extends readonly Part[] = readonly []> extends Omit<Draft<Parts>, 'data'> {
  readonly data?: Partial<Omit<Recipe['data'], 'kinds'>> & Kinds<Parts>
}

/** A complete recipe, or plain data that `checkDraft` has checked. @inline */
export type CheckedRecipe = Recipe | CheckedDraft
