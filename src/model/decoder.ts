import { fail } from '../base/errors.ts'
import { formatShape, sameShape } from '../base/shape.ts'
import type { Tensor } from '../graph/tensor.ts'
import { besideCode, besideExample, conditionFor } from './condition.ts'
import type { ExampleType } from './example.ts'
import { imageOf } from './layers/by-place.ts'
import type { Density } from './likelihoods/likelihood.ts'
import { architectureOf, latentOf, likelihoodOf, type ModelSpec, placesOfCode, windowsOf } from './spec.ts'
import type { Trace } from './trace.ts'

/** What the decoder gives [rows, ...shape] for codes [rows, latent], where an output has that shape. */
function traceOutput(
  spec: ModelSpec,
  { shape }: Pick<ExampleType, 'shape'>,
  code: Tensor,
  trace: Trace,
  given: Tensor | undefined,
): Tensor {
  const { kind, options } = architectureOf(spec)
  const { kind: latent, options: own } = latentOf(spec)
  const layers = trace.layers('decoder')
  const charted = latent.chart?.(code, own, layers) ?? code
  const places = placesOfCode(spec, shape)
  if (places && kind.onGrid) {
    const read = besideExample(imageOf(charted, places), given, false, layers)
    return kind.onGrid.decode(read, shape, layers, options)
  }
  const windows = windowsOf(spec)
  const decoded = kind.decode(besideCode(charted, given), windows?.decoded ?? shape, layers, options)
  return windows?.asExamples(decoded) ?? decoded
}

/** The decoder's output for codes [rows, latent] given their condition, and the distribution over examples that it is. */
export function traceDecoder(
  spec: ModelSpec,
  example: ExampleType,
  code: Tensor,
  trace: Trace,
  condition?: Tensor,
): { readonly output: Tensor; readonly density: Density } {
  const { kind: likelihood, options: chosen } = likelihoodOf(spec)
  const [first, ...rest] = example.shape
  const shape = [likelihood.outputs(first, chosen), ...rest]
  const output = traceOutput(spec, { ...example, shape }, code, trace, conditionFor(spec, condition))
  const wanted = [code.shape[0], ...shape]
  if (!sameShape(output.shape, wanted))
    fail({
      code: 'model/decoder-output',
      seen: `decoder gives ${formatShape(output.shape)}`,
      wanted: `${formatShape(wanted)}, the shape of the data`,
      fix: 'end the decoder with a reshape',
    })
  const declare = trace.layers('likelihood')('')
  const context = { exampleShape: example.shape, declare, replace: trace.replace }
  return { output, density: likelihood.density(output, context, chosen) }
}
