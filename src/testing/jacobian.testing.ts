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
