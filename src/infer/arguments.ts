/** Checks of what else callers give to a model; everything here is in the words of its methods. */
import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import type { ExampleType } from '../model/autoencoder.ts'
import { checkRows } from './rows-and-codes.ts'

/** One example as a row. Errors: those of `checkRows`, `infer/ends`. */
export function checkEnd(given: NDArray, example: ExampleType): NDArray {
  const row = checkRows(given, example)
  if (row.shape[0] === 1) return row
  return fail({
    code: 'infer/ends',
    seen: `${row.shape[0]} rows for one end of an interpolation`,
    wanted: 'exactly one row for each end',
    fix: 'interpolate between two examples at a time',
    usage: true,
  })
}

/** How many of something, at least one. Error: `infer/count`. */
export function checkCount(count: number, what: string): number {
  if (Number.isSafeInteger(count) && count >= 1) return count
  return fail({
    code: 'infer/count',
    seen: `${what} ${count}`,
    wanted: 'a whole number of at least 1',
    fix: `give ${what} as a whole number`,
    usage: true,
  })
}

/** A seed, or what else is a number from 0 on. Error: `infer/seed`. */
export function checkSeed(seed: number, what = 'seed'): number {
  if (Number.isSafeInteger(seed) && seed >= 0) return seed
  return fail({
    code: 'infer/seed',
    seen: `${what} ${seed}`,
    wanted: 'a whole number from 0 to 2^53 − 1',
    fix: 'give such a number, or none for 0',
    usage: true,
  })
}

/** A share between 0 and 1. Error: `infer/share`. */
export function checkShare(share: number): number {
  if (share > 0 && share < 1) return share
  return fail({
    code: 'infer/share',
    seen: `an interval of ${share}`,
    wanted: 'the share that it is to hold, between 0 and 1',
    fix: 'give for example 0.9',
    usage: true,
  })
}

/** Error: `infer/dimension`. */
export function checkDimension(dimension: number, latent: number): number {
  if (Number.isInteger(dimension) && dimension >= 0 && dimension < latent) return dimension
  return fail({
    code: 'infer/dimension',
    seen: `code dimension ${dimension}`,
    wanted: `a whole number from 0 to ${latent - 1}`,
    fix: 'choose one of the dimensions that the model has',
    usage: true,
  })
}

/** Places along a dimension, at least one. Error: `infer/positions`. */
export function checkPositions(positions: readonly number[]): readonly number[] {
  if (Array.isArray(positions) && positions.length >= 1 && positions.every(Number.isFinite)) return positions
  return fail({
    code: 'infer/positions',
    seen: Array.isArray(positions) ? `positions [${positions.join(', ')}]` : 'positions that are not a list',
    wanted: 'a list of at least one finite number',
    fix: 'give for example [-3, 0, 3]',
    usage: true,
  })
}

/** The code that a traversal goes through. Error: `infer/base`. */
export function checkBase(base: ArrayLike<number>, latent: number): Float32Array {
  const numbers = Array.from(base ?? [])
  if (numbers.length === latent && numbers.every(Number.isFinite)) return Float32Array.from(numbers)
  return fail({
    code: 'infer/base',
    seen: `a base code of ${numbers.length} numbers${numbers.every(Number.isFinite) ? '' : ', not all finite'}`,
    wanted: `exactly ${latent} finite numbers`,
    fix: 'give the mean that encode() finds for one example',
    usage: true,
  })
}
