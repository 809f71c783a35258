/** Distributions whose density is known, to hold draws of others against. */
import { LOG_TWO_PI } from '../base/math/normal.ts'
import type { CodeSpace } from '../model/spaces.ts'
import { logCodes } from '../model/spaces.ts'
import { logSphereArea } from '../model/sphere.ts'

/** By how many of its standard errors a mean may miss what it should be. */
const ERRORS = 4

/** Whether the mean of draws is what is expected, but for chance. */
export function isWithin(draws: readonly number[], expected: number): boolean {
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / (draws.length - 1)
  return Math.abs(mean - expected) <= ERRORS * Math.sqrt(variance / draws.length) + 1e-9
}

/**
 * r(z)/q(z) at draws z of q, for a distribution r of the same space whose density r is known: its mean is 1, whatever q,
 * if q is the density of these draws.
 */
export function ratiosToKnown(
  space: CodeSpace,
  codes: ArrayLike<number>,
  logDensities: ArrayLike<number>,
): number[] {
  const rows = logDensities.length
  const size = codes.length / rows
  const all = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: size }, (_, d) => codes[row * size + d]),
  )
  const known = knownLogDensity(space, all)
  return all.map((code, row) => Math.exp(known(code) - logDensities[row]))
}

type LogDensity = (code: readonly number[]) => number

function knownLogDensity(space: CodeSpace, codes: readonly (readonly number[])[]): LogDensity {
  const size = codes[0].length
  if (space.kind === 'euclidean') return narrowed(codes)
  if (space.kind === 'sphere') return () => -logSphereArea(size)
  if (space.kind === 'ball') return wrapped(space.curvature, size)
  if (space.kind === 'discrete') return () => -logCodes(space.levels)
  const numbers = narrowed(codes.map((code) => code.slice(0, space.continuous)))
  return (code) => numbers(code.slice(0, space.continuous)) - logCodes(space.levels)
}

/** Normal about the mean of codes, with half of their variance: it lies within them. */
function narrowed(codes: readonly (readonly number[])[]): LogDensity {
  const moments = codes[0].map((_, d) => {
    const mean = codes.reduce((sum, code) => sum + code[d], 0) / codes.length
    const variance = codes.reduce((sum, code) => sum + (code[d] - mean) ** 2, 0) / codes.length
    return { mean, variance: variance / 2 }
  })
  return (code) =>
    moments.reduce(
      (sum, { mean, variance }, d) =>
        sum - ((code[d] - mean) ** 2 / variance + Math.log(variance) + LOG_TWO_PI) / 2,
      0,
    )
}

/** Normal of deviation ½ in the tangent plane of the ball's center, by hyperbolic volume. */
function wrapped(curvature: number, size: number): LogDensity {
  const root = Math.sqrt(curvature)
  return (code) => {
    const distance = (2 / root) * Math.atanh(root * Math.hypot(...code))
    const bend = distance === 0 ? 0 : Math.log(Math.sinh(root * distance) / (root * distance))
    return -2 * distance ** 2 - size * (LOG_TWO_PI / 2 + Math.log(0.5)) - (size - 1) * bend
  }
}
