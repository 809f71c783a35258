import type { ArgumentSpec } from '../command.ts'
import type { OptionTable } from '../options.ts'
import { assignment } from './assignment.ts'
import { recipeOptions } from './options.ts'

/** A command's own options after those that write a recipe, which `draftFrom` reads. */
export const withRecipe = <Own extends OptionTable>(own: Own): Own => ({
  ...recipeOptions,
  ...own,
  set: assignment,
})

export const sourceArgument: ArgumentSpec = {
  name: 'data',
  description: 'mnist, digits, a .csv, .npy or .npz file, IDX files, or a recipe in a .json file',
}
