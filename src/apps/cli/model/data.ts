import {
  BetavaeError,
  type Dataset,
  givenTo,
  type OpenDataOptions,
  openData,
  type Recipe,
  type TableReading,
  type Trained,
  withColumns,
} from '../../../inside.node.ts'

/**
 * Opens data for a model: a table with the columns that the model knows, images of the size and colors that it knows, with what it is given beside them.
 *
 * Errors: `data/columns`, `data/condition` and those of `openData`.
 */
export async function openDataFor(
  trained: Trained,
  path: string,
  said: TableReading & { readonly label?: string },
): Promise<Dataset> {
  return givenTo(trained.recipe.model, await openLike(trained, path, said))
}

async function openLike(
  { recipe, example, data: { columns } }: Trained,
  path: string,
  { label, ...said }: TableReading & { readonly label?: string },
): Promise<Dataset> {
  const { separator, header, encoding } = recipe.data
  const reading = { ...said, usual: { separator, header, encoding } }
  if (recipe.data.table)
    return openData(path, { ...reading, label, table: recipe.data.table, windows: recipe.data.windows })
  const known = { ...reading, known: columns }
  const images = { size: recipe.data.size, channels: example.shape[0] === 1 ? 1 : 3 } as const
  const dataset = await openWithoutLabel(recipe, path, { ...known, label, ...images })
  return columns ? withColumns(dataset, columns) : dataset
}

/** Without the column of classes that a model was trained without, where the data have it. */
async function openWithoutLabel({ data }: Recipe, path: string, options: OpenDataOptions): Promise<Dataset> {
  if (options.label !== undefined || data.label === undefined) return openData(path, options)
  try {
    return await openData(path, { ...options, label: data.label })
  } catch (error) {
    const absent = error instanceof BetavaeError && ['csv/label-column', 'npz/key'].includes(error.code)
    if (absent) return openData(path, options)
    throw error
  }
}
