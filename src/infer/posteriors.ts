import type { Engine, Feeds } from '../engine/engine.ts'
import { program } from '../graph/program.ts'
import { type ExampleType, encoderOutputs } from '../model/autoencoder.ts'
import type { ModelSpec } from '../model/spec.ts'
import type { ReadExamples } from './scoring.ts'

/** Examples that pass through the engine at once. */
const CHUNK = 500

/** Diagonal Gaussian posteriors of examples, each row-major [n × latent]. */
export interface Posteriors {
  readonly means: Float64Array
  readonly logVariances: Float64Array
}

export interface PosteriorsRequest {
  /** Examples are 0 … count−1, which `read` gives by number. */
  readonly count: number
  readonly read: ReadExamples
  /** Parameters, `data.shift` and `data.scale`, by name. */
  readonly values: Feeds
  /** With more examples than this, as many of them, spread evenly. */
  readonly most: number
  readonly signal?: AbortSignal
}

/** Encodes examples of a model whose posterior is a diagonal Gaussian. */
export async function readPosteriors(
  engine: Engine,
  spec: ModelSpec,
  example: ExampleType,
  { count, read, values, most, signal }: PosteriorsRequest,
): Promise<Posteriors> {
  using encoder = await engine.load(program('encoder', encoderOutputs(spec, example)), { constants: values })
  const { size } = spec.latent
  const kept = Math.min(most, count)
  const chosen = Uint32Array.from({ length: kept }, (_, i) => Math.floor((i * count) / kept))
  const means = new Float64Array(kept * size)
  const logVariances = new Float64Array(kept * size)
  for (let start = 0; start < kept; start += CHUNK) {
    signal?.throwIfAborted()
    const { mean, logVariance } = await encoder.run(await read(chosen.subarray(start, start + CHUNK)))
    means.set(mean.data, start * size)
    logVariances.set(logVariance.data, start * size)
  }
  return { means, logVariances }
}
