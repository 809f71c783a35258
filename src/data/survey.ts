import type { NDArray, NumericArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { readInChunks } from './chunks.ts'
import type { Dataset, DatasetDefaults } from './dataset.ts'

/** Numbers in [0, 1], which are read as they are. */
export const asProbabilities: DatasetDefaults = {
  likelihood: 'bernoulli',
  scaling: 'none',
  binarize: 'none',
}

/** What is found out about a data set while its rows pass by. */
export interface Survey {
  /** Looks at the rows that come next. Error: `data/not-finite`. */
  look(rows: NDArray): void
  /** Whether no further row can change what is known. */
  isSettled(): boolean
  /** Whether bytes are black and white already, with 1 for white: nothing is left to scale or to draw. */
  areBits(): boolean
  /** Whether every number so far is one that a byte can hold, whole numbers given. */
  areBytes(): boolean
  /** Bytes and numbers in [0, 1] read as probabilities; other numbers as measurements of unknown scale. */
  defaults(usual?: DatasetDefaults): DatasetDefaults
}

/** Looks at rows of a data set, at no more of them than it takes. */
export async function surveyRows(dataset: Dataset, indices: Uint32Array): Promise<Survey> {
  const seen = survey(dataset.name)
  for await (const { rows } of readInChunks(dataset, indices)) {
    seen.look(rows)
    if (seen.isSettled()) break
  }
  return seen
}

/** Begins to look at the rows of a data set, from its first. */
export function survey(name: string): Survey {
  let rowsSeen = 0
  let isBytes = true
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  return {
    look({ data, shape }) {
      isBytes = data instanceof Uint8Array
      if (data instanceof Uint8Array) {
        least = 0
        greatest = Math.max(greatest, data.find((value) => value > 1) ?? (data.includes(1) ? 1 : 0))
      } else {
        let odd = 0
        for (let at = 0; at < data.length; at++) {
          const value = data[at]
          if (value < least) least = value
          if (value > greatest) greatest = value
          // 0 for every finite number, NaN for the others: one look at the end is enough.
          odd += value - value
        }
        if (odd !== 0) refuseNumber(data, shape[0], rowsSeen, name)
      }
      rowsSeen += shape[0]
    },
    isSettled: () => isBytes && greatest > 1,
    areBits: () => isBytes && greatest === 1,
    areBytes: () => least >= 0 && greatest <= 255,
    defaults(usual = {}) {
      // White stored as 1 leaves nothing to scale or to draw, whatever the collection is used to.
      if (isBytes && greatest !== 1)
        return { likelihood: 'bernoulli', scaling: 'unit', binarize: 'none', ...usual }
      const own: DatasetDefaults =
        least >= 0 && greatest <= 1
          ? asProbabilities
          : { likelihood: 'gaussian', scaling: 'standardize', binarize: 'none' }
      return isBytes ? own : { ...own, ...usual }
    },
  }
}

function refuseNumber(data: NumericArray, rows: number, rowsBefore: number, name: string): never {
  const at = data.findIndex((value: number) => !Number.isFinite(value))
  const width = data.length / rows
  return fail({
    code: 'data/not-finite',
    seen: `the value ${data[at]} in row ${rowsBefore + Math.floor(at / width) + 1} of "${name}", position ${(at % width) + 1}`,
    wanted: 'finite numbers in the range of float32',
    fix: 'leave the row out, or fill the value in',
  })
}
