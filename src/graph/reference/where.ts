import { whereOp } from '../ops/where.ts'
import { broadcastValues } from './broadcast-values.ts'
import type { Reference } from './reference.ts'

const condition = { shape: [3, 4], low: 0, high: 1, dtype: 'bool' } as const

export const whereReference: Reference = {
  op: whereOp,
  evaluate: (inputs) => broadcastValues(inputs, ([test, yes, no]) => (test ? yes : no), 'where'),
  probes: [
    {
      inputs: [condition, { shape: [3, 4], low: -2, high: 2 }, { shape: [4], low: -2, high: 2 }],
      attributes: {},
    },
  ],
}
