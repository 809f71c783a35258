/** Squared Jacobians without the estimate: by central differences, and by the estimate in orthogonal directions. */
import type { Feeds } from '../engine/engine.ts'
import type { Tensor } from '../graph/tensor.ts'
import { average, numbered, numbersUnder } from './numbers.testing.ts'

/** ‖∂output/∂input‖² of each row, for the program input `name`, by central differences. */
export async function measuredJacobian(
  output: Tensor,
  name: string,
  feeds: Feeds,
  h = 1e-5,
): Promise<number[]> {
  const [rows, width] = output.shape as number[]
  const { data, shape } = feeds[name]
  const moved = (at: number, delta: number): Feeds => ({
    ...feeds,
    [name]: { data: Float64Array.from(data, (x, i) => (i === at ? x + delta : x)), shape },
  })
  const both = Array.from(data).flatMap((_, at) => [moved(at, h), moved(at, -h)])
  const values = (await numbersUnder({ output }, both)).map((value) => value.output)
  const norms = new Array<number>(rows).fill(0)
  for (let pair = 0; pair < values.length; pair += 2)
    values[pair].forEach((up, i) => {
      norms[Math.floor(i / width)] += ((up - values[pair + 1][i]) / (2 * h)) ** 2
    })
  return norms
}

/** What an estimate from one direction [rows, width] gives on average over orthogonal ones: the exact value. */
export async function overDirections(
  estimate: Tensor,
  probe: string,
  [rows, width]: readonly number[],
  feeds: Feeds,
): Promise<number[]> {
  const along = (i: number): Feeds => {
    const direction = Array.from({ length: rows * width }, (_, at) =>
      at % width === i ? Math.sqrt(width) : 0,
    )
    return { ...feeds, [probe]: numbered(direction, rows, width) }
  }
  const all = await numbersUnder(
    { estimate },
    Array.from({ length: width }, (_, i) => along(i)),
  )
  return all[0].estimate.map((_, row) => average(all.map((value) => value.estimate[row])))
}

/** log |det ∂output/∂input| of one row, for the program input `name` [1, n], by central differences and elimination. */
export async function logDeterminant(output: Tensor, name: string, feeds: Feeds, h = 1e-5): Promise<number> {
  const { data, shape } = feeds[name]
  const moved = (at: number, delta: number): Feeds => ({
    ...feeds,
    [name]: { data: Float64Array.from(data, (x, i) => (i === at ? x + delta : x)), shape },
  })
  const both = Array.from(data).flatMap((_, at) => [moved(at, h), moved(at, -h)])
  const values = (await numbersUnder({ output }, both)).map((value) => value.output)
  const columns = Array.from(data, (_, j) =>
    values[2 * j].map((above, i) => (above - values[2 * j + 1][i]) / (2 * h)),
  )
  return logDeterminantOf(columns)
}

/** log |det| of a square matrix, by elimination with the greatest pivot. */
function logDeterminantOf(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row])
  let log = 0
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows.findIndex(
      (row, i) => i >= k && Math.abs(row[k]) === Math.max(...rows.slice(k).map((own) => Math.abs(own[k]))),
    )
    ;[rows[k], rows[pivot]] = [rows[pivot], rows[k]]
    log += Math.log(Math.abs(rows[k][k]))
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k]
      for (let j = k; j < rows.length; j++) rows[i][j] -= factor * rows[k][j]
    }
  }
  return log
}
