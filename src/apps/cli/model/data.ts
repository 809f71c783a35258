import { BetavaeError, type Dataset, openData, type Recipe } from '../../../node.ts'
import { text } from '../options.ts'

export const labelOption = text('<column>', 'column or array that holds class numbers, which is left out')

/** Opens data for a model: without the column of classes that it was trained without, where the data have it. */
export async function openDataFor(
  { data }: Recipe,
  path: string,
  label: string | undefined,
): Promise<Dataset> {
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

/** The numbers of all rows. */
export const allRows = ({ count }: Dataset): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i)
