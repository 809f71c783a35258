import { sumPerExample } from '../graph/functions.ts'
import { sub } from '../graph/ops/sub.ts'
import type { Tensor } from '../graph/tensor.ts'
import { tracePrior } from './code-prior.ts'
import { traceDecoder } from './decoder.ts'
import type { Generative } from './distributions/latent.ts'
import { perDraw } from './draws.ts'
import type { ExampleType } from './example.ts'
import type { ModelSpec } from './spec.ts'
import type { Trace } from './trace.ts'

/** A model being traced, and the examples [batch, …] in model units that it is about. */
interface TracedExamples {
  readonly spec: ModelSpec
  readonly example: ExampleType
  readonly trace: Trace
  readonly x: Tensor
  readonly condition?: Tensor | undefined
}

/** The model p(x, z) of examples, for so many codes of each. */
export const generativeOf = (
  { spec, example, trace, x, condition }: TracedExamples,
  draws = 1,
): Generative => ({
  layers: trace.layers('decoder'),
  logJoint(code) {
    const given = condition && perDraw(condition, draws)
    const { density } = traceDecoder(spec, example, code, trace, given)
    const loss = sumPerExample(density.negativeLogLikelihood(perDraw(x, draws)))
    return sub(tracePrior(spec, example, trace, draws).logDensity(code), loss)
  },
})
