import { rangeOf } from '../../base/math/sums.ts'

/** Bins of a code, as disentanglement_lib has them. */
export const BINS = 20

/**
 * The bin of each value among `bins` of equal width between the smallest and the largest, from 0.
 *
 * Edges are NumPy's to the last bit, and a value on an edge belongs to the bin above. Equal values share one bin.
 */
export function discretize(values: Float64Array, bins = BINS): Int32Array {
  const [low, high] = rangeOf(values)
  const out = new Int32Array(values.length)
  const width = (high - low) / bins
  if (!(width > 0)) return out
  for (let i = 0; i < values.length; i++) {
    let bin = Math.min(bins - 1, Math.floor((values[i] - low) / width))
    // The quotient may round over an edge, so the edges themselves decide.
    while (bin > 0 && values[i] < low + bin * width) bin--
    while (bin < bins - 1 && values[i] >= low + (bin + 1) * width) bin++
    out[i] = bin
  }
  return out
}
