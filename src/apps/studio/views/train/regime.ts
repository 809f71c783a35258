/** What a weight means, in a few words. */
import type { LogScale } from '../../design/log-scale.ts'

/** Words for a β, the weight of the KL. */
export function regime(beta: number): string {
  if (beta === 0) return 'β = 0: nothing holds codes to the prior'
  if (beta < 1) return 'β < 1 favors reconstruction'
  if (beta === 1) return 'β = 1: the price that the VAE pays'
  return beta < STRICT ? 'β > 1 favors disentangled codes' : 'β ≫ 1: many dimensions may fall silent'
}

/** From about here on digits and faces lose most of their dimensions. */
const STRICT = 20

export const betaScale: LogScale = {
  min: 0.01,
  max: 100,
  zero: true,
  marks: [0.01, 0.1, 0.5, 1, 2, 4, 8, 20, 100],
}

/** Three decades below and above what is usual. */
export function scaleAround(usual: number): LogScale {
  const middle = 10 ** Math.round(Math.log10(usual || 1))
  const marks = [-3, -2, -1, 0, 1, 2, 3].map((decade) => Number((middle * 10 ** decade).toPrecision(1)))
  return { min: marks[0], max: marks[6], zero: true, marks }
}
