import type { Neighbor } from '../../protocol.ts'
import type { Coded } from './explorer.ts'

/** Examples whose posterior means are nearest to a code, nearest first. */
export function neighborsOf({ mean, examples }: Coded, code: ArrayLike<number>, count: number): Neighbor[] {
  const [rows, latent] = mean.shape
  const distances = Array.from({ length: rows }, (_, row): Neighbor => {
    let sum = 0
    for (let d = 0; d < latent; d++) sum += (mean.data[row * latent + d] - code[d]) ** 2
    return { example: examples[row], distance: Math.sqrt(sum) }
  })
  return distances.sort((a, b) => a.distance - b.distance).slice(0, count)
}
