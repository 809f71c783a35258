import type { OptionSpec } from '../options.ts'

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
