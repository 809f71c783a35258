import type { ArgumentSpec } from '../command.ts'
import { dataArgument } from '../model/arguments.ts'
import type { OptionTable } from '../options.ts'
import { assignment } from './assignment.ts'
import { recipeOptionsOf } from './options.ts'

/** A command's own options after those that write a recipe, which `draftFrom` reads. */
export const withRecipe = <Own extends OptionTable>(own: Own) => ({
  options: { ...own, set: assignment },
  /** What comes before them: options of the house, and of the parts that were brought. */
  optionsOf: recipeOptionsOf,
})

export const sourceArgument: ArgumentSpec = {
  ...dataArgument,
  description: `${dataArgument.description}; or a recipe in a .json file`,
}
