import { totalVariation } from '../../distances.ts'
import { chiSquareTail } from './chi-square.ts'
import type { TwoSample } from './two-sample.ts'

/** Levels that are expected less often than this in either sample are counted together. Cochran 1954. */
const LEAST_EXPECTED = 5

/** How often a level stands in each of two samples. */
type Counts = [number, number]

/**
 * Total variation distance between the levels of two samples that are not empty, and the p-value of Pearson's chi-square
 * test of homogeneity, in which rare levels are one.
 */
export function levelShift<Level>(a: readonly Level[], b: readonly Level[]): TwoSample {
  const counts = new Map<Level, Counts>()
  ;[a, b].forEach((sample, side) => {
    for (const level of sample) {
      const own = counts.get(level) ?? [0, 0]
      own[side]++
      counts.set(level, own)
    }
  })
  const levels = [...counts.values()]
  const side = (at: 0 | 1) => Float64Array.from(levels, (own) => own[at])
  return { distance: totalVariation(side(0), side(1)), pValue: homogeneity(levels, [a.length, b.length]) }
}

function homogeneity(levels: readonly Counts[], sizes: Counts): number {
  const all = sizes[0] + sizes[1]
  const groups = rareTogether(levels, (LEAST_EXPECTED * all) / Math.min(...sizes))
  if (groups.length < 2) return 1
  let statistic = 0
  for (const group of groups)
    for (const side of [0, 1]) {
      const expected = ((group[0] + group[1]) * sizes[side]) / all
      statistic += (group[side] - expected) ** 2 / expected
    }
  return chiSquareTail(statistic, groups.length - 1)
}

/** The rare levels as one group; where they are too rare even so, the rarest of the others is with them. */
function rareTogether(levels: readonly Counts[], least: number): Counts[] {
  const ascending = [...levels].sort((a, b) => a[0] + a[1] - b[0] - b[1])
  const rest: Counts = [0, 0]
  let joined = 0
  for (; joined < ascending.length; joined++) {
    const [inA, inB] = ascending[joined]
    const restIsOpen = joined > 0 && rest[0] + rest[1] < least
    if (inA + inB >= least && !restIsOpen) break
    rest[0] += inA
    rest[1] += inB
  }
  return joined === 0 ? ascending : [rest, ...ascending.slice(joined)]
}
