import {
  BetavaeError,
  type Dataset,
  openData,
  type Recipe,
  type Trained,
  withColumns,
} from '../../../node.ts'

/** Opens data for a model, a table with the columns that the model knows. Errors: `data/columns` and `openData`'s. */
export async function openDataFor(
  { recipe, data: { columns } }: Trained,
  path: string,
  label: string | undefined,
): Promise<Dataset> {
  const dataset = await openWithoutLabel(recipe, path, label)
  return columns ? withColumns(dataset, columns) : dataset
}

/** Without the column of classes that a model was trained without, where the data have it. */
async function openWithoutLabel({ data }: Recipe, path: string, label: string | undefined): Promise<Dataset> {
  if (label !== undefined || data.label === undefined)
    return openData(path, label === undefined ? {} : { label })
  try {
    return await openData(path, { label: data.label })
  } catch (error) {
    const absent = error instanceof BetavaeError && ['csv/label-column', 'npz/key'].includes(error.code)
    if (absent) return openData(path)
    throw error
  }
}
