import type { Part } from '../base/parts.ts'
import type { Engine } from '../engine/engine.ts'
import type { Term } from '../objective/term.ts'
import type { Detector } from '../statistics/anomaly/detectors/detector.ts'
import type { Metric } from '../statistics/metrics/metric.ts'
import { checkDetector, checkMetric } from './check-statistics.ts'
import { checkTerm } from './check-term.ts'
import { conformance } from './conformance.ts'
import { type Flaw, flawsOf } from './flaw.ts'

/**
 * Checks a part of your own against its contract, and gives what it does not do; nothing where all is well.
 *
 * Of a term: what it says of itself, and its gradient, in float64, against central differences on toy models. Of a
 * metric: that it tells factors from noise and repeats itself. Of a detector: that a far row scores highest.
 */
export function checkPart(part: Part & (Term | Metric | Detector)): Promise<readonly Flaw[]> {
  if ('reading' in part) return checkTerm(part)
  return 'compute' in part ? checkMetric(part) : checkDetector(part)
}

/** Checks an engine against the float64 reference: every op and its gradient, shapes, carried state, refusals. */
export async function checkEngine(engine: Engine): Promise<readonly Flaw[]> {
  const flaws: Flaw[] = []
  for (const { name, run } of conformance(engine))
    flaws.push(
      ...(await flawsOf(name, async () => {
        await run()
        return []
      })),
    )
  return flaws
}
