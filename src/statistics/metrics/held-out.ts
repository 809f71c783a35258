import { permutation, streamOf } from '../../base/random.ts'
import type { FactoredCodes } from './metric.ts'

/** As many rows as disentanglement_lib learns from and judges on. */
const TRAIN_LIMIT = 10_000
const TEST_LIMIT = 5_000

export interface HeldOut {
  readonly train: FactoredCodes
  readonly test: FactoredCodes
}

/** Rows in random order: two thirds to learn from, the rest to be judged on; at most 10,000 and 5,000. */
export function holdOut(sample: FactoredCodes, seed: number): HeldOut {
  const order = permutation(sample.count, { seed, stream: streamOf('metrics/split'), step: 0 })
  const cut = Math.floor((sample.count * 2) / 3)
  return {
    train: takeRows(sample, order.subarray(0, Math.min(cut, TRAIN_LIMIT))),
    test: takeRows(sample, order.subarray(cut, cut + TEST_LIMIT)),
  }
}

/** Levels keep their numbers, so some may have no row in the part. */
function takeRows(sample: FactoredCodes, rows: Uint32Array): FactoredCodes {
  const { codeSize, factorCount, levels } = sample
  const codes = new Float64Array(rows.length * codeSize)
  const factors = new Int32Array(rows.length * factorCount)
  for (let i = 0; i < rows.length; i++) {
    codes.set(sample.codes.subarray(rows[i] * codeSize, (rows[i] + 1) * codeSize), i * codeSize)
    factors.set(sample.factors.subarray(rows[i] * factorCount, (rows[i] + 1) * factorCount), i * factorCount)
  }
  return { count: rows.length, codeSize, factorCount, codes, factors, levels }
}
