import { add } from '../../../graph/ops/add.ts'
import { relu } from '../../../graph/ops/relu.ts'
import { maskedDense } from '../../layers/masked-dense.ts'
import type { CausalNetwork } from './network.ts'

/** Masked dense layers, each after the first beside what it adds to. Germain et al. 2015 (MADE), eq. 12 and 13. */
export const causalDense: CausalNetwork = (embedded, { hidden, depth, embedding }, layers) => {
  const variables = (embedded.shape[1] as number) / embedding
  const place = Array.from({ length: variables * embedding }, (_, i) => Math.floor(i / embedding))
  // A unit of degree g sees the g first variables.
  const units = Array.from({ length: hidden }, (_, k) => Math.floor((k * variables) / hidden))
  const inputs = place.map((variable) => variable + 1)
  let features = maskedDense(embedded, inputs, units, layers('0'))
  for (let layer = 1; layer <= depth; layer++)
    features = add(features, maskedDense(relu(features), units, units, layers(layer)))
  return maskedDense(relu(features), units, place, layers('out'))
}
