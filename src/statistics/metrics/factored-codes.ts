import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { formatShape } from '../../base/shape.ts'
import type { FactoredCodes } from './metric.ts'

/** Fewer rows than this leave nothing to hold out. */
const FEWEST_ROWS = 10
/** A level with fewer rows on average is no level but a name of its row. */
const ROWS_PER_LEVEL = 2

/**
 * Checks codes [n, d] and factors [n, k], or [n] for a single one, and numbers the levels of each factor from 0.
 *
 * Factors are whole numbers in any numeric type; the order of levels is kept. Errors: `metrics/codes-shape`,
 * `metrics/factors-shape`, `metrics/rows`, `metrics/few-rows`, `metrics/code-values`, `metrics/factor-values`,
 * `metrics/levels`.
 */
export function factoredCodes(codes: NDArray, factors: NDArray): FactoredCodes {
  const [count, codeSize] = codes.shape
  if (codes.shape.length !== 2 || codeSize === 0)
    fail({
      code: 'metrics/codes-shape',
      seen: `codes of shape ${formatShape(codes.shape)}`,
      wanted: '[n, d]: a row for each example, a column for each code',
      fix: 'give one row of codes for each example',
      usage: true,
    })
  const factorCount = factors.shape.length === 1 ? 1 : factors.shape[1]
  if (factors.shape.length < 1 || factors.shape.length > 2 || factorCount === 0)
    fail({
      code: 'metrics/factors-shape',
      seen: `factors of shape ${formatShape(factors.shape)}`,
      wanted: '[n, k], or [n] for a single factor',
      fix: 'give one row of factors for each example',
      usage: true,
    })
  checkRows(count, factors.shape[0])
  checkFinite(codes)
  const numbered = new Int32Array(count * factorCount)
  const levels = Array.from({ length: factorCount }, (_, k) =>
    numberLevels(factors, factorCount, k, numbered),
  )
  return { count, codeSize, factorCount, codes: Float64Array.from(codes.data), factors: numbered, levels }
}

function checkRows(codes: number, factors: number): void {
  if (codes !== factors)
    fail({
      code: 'metrics/rows',
      seen: `${codes} rows of codes and ${factors} rows of factors`,
      wanted: 'a row of factors for each row of codes',
      fix: 'give both for the same examples, in the same order',
      usage: true,
    })
  if (codes < FEWEST_ROWS)
    fail({
      code: 'metrics/few-rows',
      seen: `${codes} rows`,
      wanted: `at least ${FEWEST_ROWS}; metrics settle at some thousands`,
      fix: 'encode more examples',
      usage: true,
    })
}

function checkFinite({ data, shape }: NDArray): void {
  const wrong = data.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0)
    fail({
      code: 'metrics/code-values',
      seen: `the code ${data[wrong]} in row ${Math.floor(wrong / shape[1])}, column ${wrong % shape[1]}`,
      wanted: 'finite numbers',
      fix: 'remove such rows from codes and factors, or find out why the encoder gives them',
      usage: true,
    })
}

/** Writes the numbers of factor `k`'s levels into its column of `out`; gives how many there are. */
function numberLevels({ data }: NDArray, factorCount: number, k: number, out: Int32Array): number {
  const count = data.length / factorCount
  const seen = new Set<number>()
  for (let row = 0; row < count; row++) seen.add(data[row * factorCount + k])
  const values = Array.from(seen).sort((a, b) => a - b)
  const broken = values.find((value) => !Number.isSafeInteger(value))
  if (broken !== undefined)
    fail({
      code: 'metrics/factor-values',
      seen: `the level ${broken} of factor ${k}`,
      wanted: 'whole numbers that name levels',
      fix: 'put continuous factors into bins, and give the numbers of the bins',
      usage: true,
    })
  if (values.length < 2 || values.length * ROWS_PER_LEVEL > count)
    fail({
      code: 'metrics/levels',
      seen: `factor ${k} with ${values.length} ${values.length === 1 ? 'level' : 'levels'} in ${count} rows`,
      wanted: `at least 2, and at least ${ROWS_PER_LEVEL} rows a level on average`,
      fix: 'leave this factor out, or join its levels',
      usage: true,
    })
  const places = new Map(values.map((value, place) => [value, place]))
  for (let row = 0; row < count; row++)
    out[row * factorCount + k] = places.get(data[row * factorCount + k]) ?? 0
  return values.length
}
