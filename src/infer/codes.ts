import type { NDArray } from '../base/arrays.ts'
import { streams } from '../base/random.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { program } from '../graph/program.ts'
import {
  type ExampleType,
  generativeOf,
  modelUnits,
  traceDraws,
  traceStatistics,
} from '../model/autoencoder.ts'
import { conditionInput } from '../model/condition.ts'
import { drawNoise } from '../model/noise.ts'
import type { ModelSpec } from '../model/spec.ts'
import { newTrace } from '../model/trace.ts'
import type { ReadExamples } from './scoring.ts'

/** How many it keeps: enough for a mixture of ten Gaussians, and small beside the parameters. */
const KEPT = 2000
/** Examples that pass through the engine at once. */
const CHUNK = 500

export interface CodesRequest {
  /** Examples are 0 … count−1, which `read` gives by number. */
  readonly count: number
  readonly read: ReadExamples
  /** Parameters, `data.shift` and `data.scale`, by name. */
  readonly values: Feeds
  readonly seed: number
}

/** Numbers of the examples of which something is kept: up to 2,000 of `count`, spread evenly. */
export function keptExamples(count: number): Uint32Array {
  const kept = Math.min(KEPT, count)
  return Uint32Array.from({ length: kept }, (_, i) => Math.floor((i * count) / kept))
}

/** One draw from the posterior of each of up to 2,000 examples, spread evenly: the aggregate posterior [n, latent]. */
export async function aggregateCodes(
  engine: Engine,
  spec: ModelSpec,
  example: ExampleType,
  { count, read, values, seed }: CodesRequest,
): Promise<NDArray<Float32Array>> {
  const trace = newTrace()
  const condition = conditionInput(spec, 'batch')
  const x = modelUnits(example, 'batch')
  const statistics = traceStatistics(spec, x, trace, condition)
  const generative = generativeOf({ spec, example, trace, x, condition })
  const { code } = traceDraws(spec, statistics, trace, generative)
  using encoder = await engine.load(program('codes', { code }), { constants: values })
  const chosen = keptExamples(count)
  const kept = chosen.length
  const data = new Float32Array(kept * spec.latent.size)
  for (let start = 0; start < kept; start += CHUNK) {
    const positions = chosen.subarray(start, start + CHUNK)
    const at = { seed, step: start, sizes: { batch: positions.length } }
    const noise = trace.noise.map((own) => [own.name, drawNoise({ ...own, stream: streams.codes }, at)])
    const { code: drawn } = await encoder.run({ ...Object.fromEntries(noise), ...(await read(positions)) })
    data.set(drawn.data, start * spec.latent.size)
  }
  return { data, shape: [kept, spec.latent.size] }
}
