import { inflateSync } from 'fflate'
import { ndarray } from '../../base/arrays.ts'
import { fromBase64 } from '../../base/base64.ts'
import { datasetOf } from '../dataset.ts'
import type { Source } from './source.ts'

const COUNT = 1797
const SIDE = 8
const WHITE = 16

/** 8×8 handwritten digits, counts 0 to 16 of ink per cell stretched to bytes. Alpaydin and Kaynak 1998 (UCI). */
export const digits: Source = {
  name: 'digits',
  summary: '1,797 handwritten digits, 8×8; shipped with this package',
  async load() {
    // Loaded on demand, so that a page that never asks for digits does not carry them.
    const { packed } = await import('./digits.packed.ts')
    const stored = inflateSync(fromBase64(packed))
    const pixels = stored.subarray(0, COUNT * SIDE * SIDE).map((ink) => Math.round((ink * 255) / WHITE))
    return datasetOf(ndarray(pixels, [COUNT, 1, SIDE, SIDE]), {
      name: 'digits',
      labels: Int32Array.from(stored.subarray(pixels.length)),
      defaults: { binarize: 'dynamic', likelihood: 'bernoulli', scaling: 'unit' },
    })
  },
}
