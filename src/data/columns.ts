import { fail } from '../base/errors.ts'
import type { Dataset } from './dataset.ts'

/**
 * A table with the columns that a model was trained on, found by name, in the model's order; others are left out.
 *
 * Columns of one name are taken in turn. Data without column names stay as they are. Error: `data/columns` (usage)
 * where columns are missing.
 */
export function withColumns(dataset: Dataset, wanted: readonly string[]): Dataset {
  const { columns, test, validation } = dataset
  if (columns === undefined) return dataset
  const places = placesOf(columns, wanted)
  if (places.length === columns.length && places.every((place, at) => place === at)) return dataset
  return {
    ...dataset,
    columns: wanted,
    exampleShape: [wanted.length],
    ...(test ? { test: withColumns(test, wanted) } : {}),
    ...(validation ? { validation: withColumns(validation, wanted) } : {}),
    async read(indices) {
      const { data } = await dataset.read(indices)
      const picked = new Float32Array(indices.length * places.length)
      for (let at = 0; at < picked.length; at++) {
        const row = Math.floor(at / places.length)
        picked[at] = data[row * columns.length + places[at % places.length]]
      }
      return { data: picked, shape: [indices.length, places.length] }
    },
  }
}

function placesOf(columns: readonly string[], wanted: readonly string[]): number[] {
  const left: (string | undefined)[] = [...columns]
  const places = wanted.map((name) => {
    const place = left.indexOf(name)
    if (place >= 0) left[place] = undefined
    return place
  })
  const missing = wanted.filter((_, at) => places[at] < 0)
  if (missing.length === 0) return places
  return fail({
    code: 'data/columns',
    seen: `no ${missing.length === 1 ? 'column' : 'columns'} ${listed(missing)} among ${listed(columns)}`,
    wanted: `the columns that the model was trained on: ${listed(wanted)}`,
    fix: 'add what is missing, and name the columns in the first line as they were for training',
    usage: true,
  })
}

const MOST_NAMES = 20

const listed = (names: readonly string[]): string =>
  names
    .slice(0, MOST_NAMES)
    .map((name) => `"${name}"`)
    .join(', ') + (names.length > MOST_NAMES ? ', …' : '')
