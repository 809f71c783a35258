import type { RecipeDraft } from './recipe.ts'

/** The likelihood of rows of a table, whatever its columns are. */
const COLUMNS = 'columns'

/** Whether a draft names a likelihood of plain numbers, so that a table is to be read as such. */
export const wantsNumbers = ({ model }: Pick<RecipeDraft, 'model'>): boolean =>
  model?.likelihood !== undefined && model.likelihood.name !== COLUMNS
