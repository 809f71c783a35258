import { mean } from '../graph/functions.ts'
import { reshape } from '../graph/ops/reshape.ts'
import { broadcastTo } from '../graph/ops/sum.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Statistics } from './distributions/latent.ts'

/** Every row `draws` times, one after the other: [batch, …] to [batch · draws, …]. */
export function perDraw(x: Tensor, draws: number): Tensor {
  if (draws === 1) return x
  const [batch, ...rest] = x.shape
  const repeated = broadcastTo(reshape(x, [batch, 1, ...rest]), [batch, draws, ...rest])
  return reshape(repeated, [(batch as number) * draws, ...rest])
}

/** Numbers of each draw [rows] apart by example: [batch, draws]. */
export const byExample = (x: Tensor, draws: number): Tensor =>
  reshape(x, [(x.shape[0] as number) / draws, draws])

/** Numbers of each draw [rows], averaged by example [batch]. */
export const overDraws = (x: Tensor, draws: number): Tensor =>
  draws === 1 ? x : mean(byExample(x, draws), [1])

export const repeated = (statistics: Statistics, draws: number): Statistics =>
  Object.fromEntries(Object.entries(statistics).map(([name, x]) => [name, perDraw(x, draws)]))

/** Columns of numbers of each draw [rows, columns], averaged by example [batch, columns]. */
export function columnsOverDraws(x: Tensor, draws: number): Tensor {
  const [rows, columns] = x.shape
  return draws === 1 ? x : mean(reshape(x, [(rows as number) / draws, draws, columns]), [1])
}
