import { sizeOf } from '../../base/shape.ts'
import type { Dataset } from '../dataset.ts'
import { everyCombination } from '../factors.ts'
import { asProbabilities } from '../survey.ts'

/** Dimensions of the code where nobody says: that of the papers which measure disentanglement. */
const LATENT = 10

/** Binary images of which each is drawn from its factors. */
export interface FactoredImages {
  readonly name: string
  readonly side: number
  /** How many levels each factor has; every combination is an image, the last factor varying fastest. */
  readonly factors: Readonly<Record<string, number>>
  /** The factor that is a class, if one is. */
  readonly label?: string
  /** Draws ones on a canvas of zeros whose first pixel is `start`, for the factors' levels from `at` on. */
  draw(levels: Int32Array, at: number, canvas: Uint8Array, start: number): void
}

/** A data set whose images [1, side, side] are drawn when they are read, so that their number costs nothing. */
export function factoredImages({ name, side, label, draw, ...about }: FactoredImages): Dataset {
  const factors = everyCombination(about.factors)
  const count = sizeOf(factors.levels)
  const width = factors.names.length
  return {
    name,
    count,
    exampleShape: [1, side, side],
    dtype: 'uint8',
    areBits: true,
    factors,
    ...(label === undefined ? {} : { labels: levelsOf(about.factors, label) }),
    defaults: { ...asProbabilities, latent: LATENT },
    read(indices) {
      const data = new Uint8Array(indices.length * side * side)
      const levels = factors.read(indices)
      for (let row = 0; row < indices.length; row++) draw(levels, row * width, data, row * side * side)
      return { data, shape: [indices.length, 1, side, side] }
    },
  }
}

/** The levels of one factor in all images. */
function levelsOf(factors: FactoredImages['factors'], name: string): Int32Array {
  const counts = Object.values(factors)
  const place = Object.keys(factors).indexOf(name)
  const stride = sizeOf(counts.slice(place + 1))
  return Int32Array.from({ length: sizeOf(counts) }, (_, row) => Math.floor(row / stride) % counts[place])
}
