import type { FactoredCodes } from './metric.ts'

/** The levels of factors a and b, and of a third number that no factor knows. */
type CodeOf = (a: number, b: number, other: number) => number

/** Levels of each: every combination of a, b and the third comes once, so that all counts are exactly those of theory. */
export const LEVELS = 4
const COMBINATIONS = LEVELS ** 3

/** Codes of two factors of four equally frequent levels, independent to the last row. */
export function gridCodes(codes: readonly CodeOf[], repeats = 1): FactoredCodes {
  const rows = Array.from({ length: COMBINATIONS * repeats }, (_, i) => [
    i % LEVELS,
    Math.floor(i / LEVELS) % LEVELS,
    Math.floor(i / LEVELS ** 2) % LEVELS,
  ])
  return {
    count: rows.length,
    codeSize: codes.length,
    factorCount: 2,
    codes: Float64Array.from(rows.flatMap(([a, b, other]) => codes.map((code) => code(a, b, other)))),
    factors: Int32Array.from(rows.flatMap((row) => row.slice(0, 2))),
    levels: [LEVELS, LEVELS],
  }
}

const a: CodeOf = (own) => own
const b: CodeOf = (_, own) => own
const noise: CodeOf = (_a, _b, own) => own
const constant: CodeOf = () => 0.1

/** Tables whose scores can be derived by hand. */
export const known = {
  identity: [a, b],
  /** Other order, signs and scales. */
  permuted: [(_: number, own: number) => -3 * own, (own: number) => 0.5 * own + 7],
  /** Turned by 45°, up to scale: each code holds as much of a as of b. */
  rotated: [(x: number, y: number) => x + y, (x: number, y: number) => x - y],
  duplicated: [a, a, b, b],
  constant: [constant, constant],
  /** Knows neither factor. */
  noise: [noise],
  withConstant: [a, b, constant],
  halfDuplicated: [a, a, b],
} satisfies Record<string, readonly CodeOf[]>

export const seed0 = { seed: 0 }
