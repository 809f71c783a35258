import { polygamma } from '../../base/math/polygamma.ts'
import { type PolygammaAttributes, polygammaOp } from '../ops/polygamma.ts'
import type { Reference } from './reference.ts'

export const polygammaReference: Reference<PolygammaAttributes> = {
  op: polygammaOp,
  evaluate: ([x], { order }) => ({ data: x.data.map((value) => polygamma(order, value)), shape: x.shape }),
  probes: [0, 1, 2].map((order) => ({
    inputs: [{ shape: [3, 4], low: 0.6 + order, high: 9 }],
    attributes: { order },
  })),
}
