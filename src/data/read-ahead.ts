import type { NDArray } from '../base/arrays.ts'
import type { Dataset } from './dataset.ts'

const areSame = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Gives a data set whose reading takes time a `prefetch`: the rows named last are read at once and kept until asked for. */
export function withReadAhead(dataset: Dataset): Dataset {
  let ahead: { readonly indices: ArrayLike<number>; readonly rows: Promise<NDArray> } | undefined
  return {
    ...dataset,
    prefetch(indices) {
      const rows = Promise.resolve(dataset.read(indices))
      // Who asks for these rows gets the error; if nobody does, nobody has to know.
      rows.catch(() => undefined)
      ahead = { indices, rows }
    },
    read(indices) {
      const known = ahead
      if (known === undefined || !areSame(known.indices, indices)) return dataset.read(indices)
      ahead = undefined
      return known.rows
    },
  }
}
