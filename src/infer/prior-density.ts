import type { Engine, Feeds } from '../engine/engine.ts'
import { input } from '../graph/ops/input.ts'
import { program } from '../graph/program.ts'
import { type ExampleType, tracePrior } from '../model/autoencoder.ts'
import type { ModelSpec } from '../model/spec.ts'
import { newTrace } from '../model/trace.ts'

/** log p(z) in nats [n] of codes [n × latent], under a model's own prior. */
export const codeLogDensity =
  (engine: Engine, spec: ModelSpec, example: ExampleType, values: Feeds) =>
  async (codes: Float64Array): Promise<Float64Array> => {
    const { size } = spec.latent
    const code = input('z', ['batch', size])
    const density = tracePrior(spec, example, newTrace()).logDensity(code)
    using prior = await engine.load(program('prior', { density }), { constants: values })
    const z = { data: Float32Array.from(codes), shape: [codes.length / size, size] }
    return Float64Array.from((await prior.run({ z })).density.data)
  }
