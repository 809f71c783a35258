import { expect, test } from 'vitest'
import { sampleVarianceOf } from '../base/math/variance.ts'
import { klSplit } from './kl-split.ts'

test('standard errors are what means of other seeds differ by', async () => {
  // Forty posteriors of two correlated dimensions; a few seeds tell a spread within a fifth of it.
  const means = Float64Array.from(
    { length: 80 },
    (_, i) => Math.sin(i >> 1) + (i % 2) * Math.cos((i >> 1) / 3),
  )
  const logVariances = new Float64Array(80).fill(Math.log(0.2))
  const seeds = Array.from({ length: 12 }, (_, seed) => seed)
  const found = await Promise.all(
    seeds.map((seed) => klSplit({ posteriors: { means, logVariances }, latent: 2, seed })),
  )
  for (const part of [
    'indexCodeMutualInformation',
    'totalCorrelation',
    'dimensionWiseKl',
    'aggregateGap',
  ] as const) {
    const spread = Math.sqrt(sampleVarianceOf(found.map((one) => one[part] as number)))
    for (const { standardErrors } of found) {
      expect(standardErrors[part]! / spread, part).toBeGreaterThan(0.4)
      expect(standardErrors[part]! / spread, part).toBeLessThan(2.5)
    }
  }
})
