import type { NDArray } from '../base/arrays.ts'
import { BetavaeError, fail } from '../base/errors.ts'
import { registered } from '../base/parts.ts'
import { datasetOf } from '../data/dataset.ts'
import { type ExampleReader, type Examples, heldOutReader, type Rows } from '../data/examples.ts'
import type { Engine } from '../engine/engine.ts'
import { program } from '../graph/program.ts'
import { inChunks } from '../infer/chunks.ts'
import { createModel } from '../infer/create-model.ts'
import { drawnConditions } from '../infer/kept-conditions.ts'
import type { ModelParts } from '../infer/model-parts.ts'
import { refuseOtherSampler } from '../infer/on-demand.ts'
import { allSamplers } from '../infer/samplers/index.ts'
import { modelCodes } from '../infer/samplers/model-codes.ts'
import { CONDITION } from '../model/condition.ts'
import { embeddingOutputs } from '../model/embedding.ts'
import { frechetFrom, type Moments, momentsOf } from '../statistics/fidelity/frechet.ts'
import { type Neighborhoods, neighborhoods } from '../statistics/fidelity/neighborhoods.ts'

/** Examples of each kind at most: distances grow with the square. */
const MOST = 2000
/** Features at most: a distance takes time with their third power. */
const MOST_FEATURES = 512
/** The neighborhood of a code reaches to the fifth nearest, as in Naeem et al. 2020. */
const NEIGHBORS = 5

/** How like real examples those of one sampler are. @inline */
export interface SamplerFidelity extends Neighborhoods {
  /** Of images: squared, between what `frechetOf` says of both. No FID: that is between features of another network. */
  readonly frechet?: number
}

/**
 * Samples beside as many real examples, as the model's own encoder sees both.
 *
 * Samples are centers of p(x|z), drawn black or white where the model's data were.
 *
 * @inline
 */
export interface SampleFidelity {
  /** Examples of each kind. */
  readonly count: number
  /** k of the neighborhoods, in codes: posterior means. */
  readonly neighbors: number
  /**
   * What Fréchet distances are between: the encoder's features, its last layer before the code, averaged over places where
   * that is an image; or codes, where those are too wide.
   */
  readonly frechetOf?: 'features' | 'codes'
  /** What other real examples come to, which is as well as samples can do. */
  readonly real: SamplerFidelity
  /** By name of the sampler. */
  readonly samplers: Readonly<Record<string, SamplerFidelity>>
}

export interface SampleRequest {
  readonly engine: Engine
  readonly parts: ModelParts
  readonly rows: Rows
  readonly reader: ExampleReader
  /** Names of samplers, or all that the model can be sampled from. */
  readonly samples: 'all' | readonly string[]
  readonly seed: number
  readonly signal?: AbortSignal | undefined
}

/** Judges samples of each sampler. Errors, usage: `evaluate/few-examples`, `evaluate/samples-of-table`, those of samplers. */
export async function sampleFidelity(request: SampleRequest): Promise<SampleFidelity> {
  const { parts, rows, reader, samples, signal } = request
  const count = countOf(request)
  const read = heldOutReader(reader, rows)
  using embedding = await openEmbedding(request)
  const { embed, frechetOf } = embedding
  // Every second one, spread evenly, is what all others are held against.
  const place = (i: number) => Math.floor((i * rows.indices.length) / (2 * count))
  const half = async (first: 0 | 1) =>
    embed(await read(Uint32Array.from({ length: count }, (_, i) => place(2 * i + first))))
  const [known, others] = [await half(0), await half(1)]
  const against = comparedWith(known, signal)
  using sampling = await openSampling(request, count)
  const names =
    samples === 'all' ? registered('sampler', allSamplers, parts.spec).map(({ name }) => name) : samples
  const found: [string, SamplerFidelity][] = []
  for (const name of names) {
    const drawn = await sampling
      .sample(name)
      .catch((error) => (samples === 'all' ? skipped(error) : Promise.reject(error)))
    if (drawn) found.push([name, await against(await embed(drawn))])
  }
  const named = frechetOf ? { frechetOf } : {}
  return {
    count,
    neighbors: NEIGHBORS,
    ...named,
    real: await against(others),
    samplers: Object.fromEntries(found),
  }
}

/** Of all samplers those that this model cannot be sampled from are left out. */
function skipped(error: unknown): undefined {
  if (error instanceof BetavaeError && error.usage) return undefined
  throw error
}

function countOf({ parts: { spec }, rows }: SampleRequest): number {
  if (spec.likelihood.name === 'columns')
    fail({
      code: 'evaluate/samples-of-table',
      seen: 'samples of a model of a table',
      wanted: 'a model of images or of plain numbers',
      fix: 'leave --samples out; betavae synthesize RUN tells how like the real rows its rows are',
      usage: true,
    })
  const count = Math.min(MOST, Math.floor(rows.indices.length / 2))
  if (count > NEIGHBORS) return count
  return fail({
    code: 'evaluate/few-examples',
    seen: `samples beside ${rows.indices.length} examples`,
    wanted: `at least ${2 * (NEIGHBORS + 1)} examples`,
    fix: 'evaluate a split with more examples',
    usage: true,
  })
}

/** What the encoder says of some examples: codes, and the moments that images are compared by. */
interface Embedded {
  readonly codes: NDArray
  readonly moments?: Moments
}

async function openEmbedding({ engine, parts, signal }: SampleRequest) {
  const { spec, example, values } = parts
  const traced = program('embedding', embeddingOutputs(spec, example))
  const encoder = await engine.load(traced, { constants: values })
  const frechetOf = comparedBy(parts, traced.outputs.features.shape[1] as number)
  return {
    frechetOf,
    async embed(examples: Examples): Promise<Embedded> {
      const { code, features } = await inChunks(encoder, examples, signal)
      const shown = frechetOf === 'features' ? features : code
      return { codes: code, ...(frechetOf ? { moments: momentsOf(shown) } : {}) }
    },
    [Symbol.dispose]: () => encoder.dispose(),
  }
}

/** What stands for images; nothing for other examples, or where all that could is too wide. */
function comparedBy({ example, spec }: ModelParts, width: number): SampleFidelity['frechetOf'] {
  if (example.shape.length !== 3) return undefined
  if (width <= MOST_FEATURES) return 'features'
  return spec.latent.size <= MOST_FEATURES ? 'codes' : undefined
}

function comparedWith(real: Embedded, signal: AbortSignal | undefined) {
  const distance = real.moments && frechetFrom(real.moments)
  return async (made: Embedded): Promise<SamplerFidelity> => {
    const near = await neighborhoods(real.codes, made.codes, NEIGHBORS, signal)
    return { ...near, ...(distance && made.moments ? { frechet: distance(made.moments) } : {}) }
  }
}

async function openSampling({ engine, parts, reader, seed, signal }: SampleRequest, count: number) {
  const { spec, example, values } = parts
  const model = await createModel(engine, parts)
  const codes = modelCodes(engine, parts)
  const condition = spec.condition && drawnConditions(spec.condition, values, { count, seed })
  const indices = Uint32Array.from({ length: count }, (_, i) => i)
  return {
    /** As many examples of a sampler, as the encoder reads examples. */
    async sample(name: string): Promise<Examples> {
      refuseOtherSampler(spec, name)
      const draw = await codes.draws(name)
      const { data, shape } = await model.decode(await draw(count, seed, condition), { condition, signal })
      const stored =
        example.dtype === 'uint8'
          ? Uint8Array.from(data, (x) => Math.min(255, Math.max(0, Math.round(x))))
          : data
      const dataset = datasetOf({ data: stored, shape }, { name })
      const { x } = await reader.heldOut({ dataset, indices, ownTest: false }, indices)
      return { x, ...(condition ? { [CONDITION]: condition } : {}) }
    },
    [Symbol.dispose]: () => model.dispose(),
  }
}
