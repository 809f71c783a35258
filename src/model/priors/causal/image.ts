import { add } from '../../../graph/ops/add.ts'
import { relu } from '../../../graph/ops/relu.ts'
import { imageOf, placesOf } from '../../layers/by-place.ts'
import { convolution } from '../../layers/convolution.ts'
import { maskedConvolution } from '../../layers/masked-convolution.ts'
import type { CausalImageNetwork } from './network.ts'

const WIDEST_FIRST = 7
const KERNEL = 3

/**
 * Masked convolutions over the places of a code, each after the first beside what it adds to. van den Oord et al. 2016
 * (PixelRNN), section 3.4.
 */
export const causalImage: CausalImageNetwork = (embedded, places, { hidden, depth, embedding }, layers) => {
  // A wider one would see nothing more.
  const kernel = Math.min(WIDEST_FIRST, 2 * Math.max(...places) - 1)
  const first = { filters: hidden, kernel, seesItself: false }
  let features = maskedConvolution(imageOf(embedded, places), first, layers('0'))
  for (let layer = 1; layer <= depth; layer++) {
    const own = { filters: hidden, kernel: KERNEL, seesItself: true }
    features = add(features, maskedConvolution(relu(features), own, layers(layer)))
  }
  const out = { filters: embedding, kernel: 1, stride: 1 }
  return placesOf(convolution(relu(features), out, layers('out')))
}
