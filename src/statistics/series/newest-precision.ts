/** The newest row of a window as a Gaussian, given what is believed of the rows before it. */
import { factorize, solveLower } from '../../base/math/cholesky.ts'
import { lowerInverse, squareOf } from '../../base/math/precision.ts'

/** A Gaussian of windows of so many rows, whose numbers lie by time: those of the oldest row first. */
export interface TimeGaussian {
  readonly width: number
  readonly rows: number
  readonly mean: Float64Array
  /** The lower Cholesky factor of the covariance [width · rows]². */
  readonly factor: Float64Array
}

/** By how much the numbers of a row, given those before, are pulled back, and their precision: x − μ is Q⁻¹·p. */
export interface NewestRow {
  readonly pull: Float64Array
  readonly precision: Float64Array
}

/** Numbers of a window up to its newest row less their means, 0 where `gaps` says that they are not to be believed. */
export interface Residuals {
  readonly values: Float64Array
  /** How many there are; of a series that has begun lately fewer than a window has. */
  readonly count: number
  /** Places before the newest row, of which the first `gapCount` count. */
  readonly gaps: Uint32Array
  readonly gapCount: number
}

/**
 * Gives the newest row of a window of which nothing need be known to come later: the last block of the precision, with
 * what is not believed marginalized out. Of a window with its first rows alone it is that of the whole one's first rows.
 */
export function newestRow({ width, rows, factor }: TimeGaussian): (residuals: Residuals) => NewestRow {
  const size = width * rows
  const lower = lowerInverse(factor, size)
  let whole: Float64Array | undefined
  const summed = (i: number, j: number, count: number): number => {
    let sum = 0
    for (let m = Math.max(i, j); m < count; m++) sum += lower[m * size + i] * lower[m * size + j]
    return sum
  }
  /** The precision of two of the first `count` numbers. */
  const entry = (i: number, j: number, count: number): number => {
    if (count < size) return summed(i, j, count)
    whole ??= squareOf(lower, size)
    return whole[i * size + j]
  }
  const blocks = new Map<number, Float64Array>()
  const blockOf = (count: number): Float64Array => {
    const known = blocks.get(count)
    if (known) return known
    const own = new Float64Array(width * width)
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++) own[a * width + b] = summed(count - width + a, count - width + b, count)
    blocks.set(count, own)
    return own
  }
  const pull = new Float64Array(width)
  const precision = new Float64Array(width * width)
  const whitened = new Float64Array(size)
  const whiten = (from: number, to: number, values: Float64Array) => {
    for (let i = from; i < to; i++) whitened[i] = dot(lower, i * size, values, i + 1)
  }
  /** What pulls at one of the first `count` numbers, of which those from it on have been whitened. */
  const pullAt = (place: number, count: number): number => {
    let sum = 0
    for (let m = place; m < count; m++) sum += lower[m * size + place] * whitened[m]
    return sum
  }
  const pullsAt = (gaps: Uint32Array, { values, count }: Residuals): Float64Array => {
    if (count === size && whole) {
      const own = whole
      return Float64Array.from(gaps, (gap) => dot(own, gap * size, values, size))
    }
    whiten(gaps[0], count - width, values)
    return Float64Array.from(gaps, (gap) => pullAt(gap, count))
  }
  /** Marginalizes out what is not believed. */
  const leaveOut = (residuals: Residuals) => {
    const { count, gapCount } = residuals
    const gaps = residuals.gaps.subarray(0, gapCount)
    const between = new Float64Array(gapCount * gapCount)
    for (let a = 0; a < gapCount; a++)
      for (let b = 0; b <= a; b++) between[a * gapCount + b] = entry(gaps[a], gaps[b], count)
    factorize(between, gapCount)
    const off = pullsAt(gaps, residuals)
    solveLower(between, gapCount, off)
    const solved = Array.from({ length: width }, (_, a) => {
      const own = Float64Array.from(gaps, (gap) => entry(gap, count - width + a, count))
      solveLower(between, gapCount, own)
      return own
    })
    for (let a = 0; a < width; a++) {
      pull[a] -= dot(solved[a], 0, off, gapCount)
      for (let b = 0; b < width; b++) precision[a * width + b] -= dot(solved[a], 0, solved[b], gapCount)
    }
  }
  return (residuals) => {
    const { values, count, gapCount } = residuals
    whiten(count - width, count, values)
    for (let a = 0; a < width; a++) pull[a] = pullAt(count - width + a, count)
    precision.set(blockOf(count))
    if (gapCount > 0) leaveOut(residuals)
    return { pull, precision }
  }
}

function dot(a: Float64Array, from: number, b: Float64Array, count: number): number {
  let sum = 0
  for (let at = 0; at < count; at++) sum += a[from + at] * b[at]
  return sum
}
