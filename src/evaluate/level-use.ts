/** How the levels of discrete codes are used. */
import type { NDArray } from '../base/arrays.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { input } from '../graph/ops/input.ts'
import { program } from '../graph/program.ts'
import { inChunks } from '../infer/chunks.ts'
import { levelsOfCodes } from '../model/levels.ts'
import { latentOf, type ModelSpec, spaceOf } from '../model/spec.ts'
import { newTrace } from '../model/trace.ts'

/** Levels of discrete codes, over the codes of some examples. @inline */
export interface LevelUse {
  /** Variables, or positions, of a code. */
  readonly variables: number
  /** Entries of the codebook that all variables share, or levels of all of them together. */
  readonly levels: number
  /** Those among them that some code has. */
  readonly used: number
  /**
   * exp of the entropy in nats: as many levels, used alike, would tell as much. Of the codebook; the mean of the variables
   * where each has levels of its own.
   */
  readonly perplexity: number
}

/** How often each level of each variable is there. */
interface Counts {
  readonly levels: readonly number[]
  readonly sharesLevels: boolean
  /** [n × variables]. */
  readonly places: ArrayLike<number>
}

/** Counts the levels of codes [n × latent]; undefined where codes are not discrete. */
export async function levelUse(
  engine: Engine,
  spec: ModelSpec,
  values: Feeds,
  codes: Float64Array,
): Promise<LevelUse | undefined> {
  const space = spaceOf(spec)
  const { size } = spec.latent
  const places = levelsOfCodes(spec, input('z', ['batch', size]), newTrace())
  if (space.kind !== 'discrete' || !places) return undefined
  using reading = await engine.load(program('levels', { places }), { constants: values })
  const z: NDArray = { data: Float32Array.from(codes), shape: [codes.length / size, size] }
  const read = await inChunks(reading, { z })
  const sharesLevels = latentOf(spec).kind.coding?.sharesLevels === true
  return useOf({ levels: space.levels, sharesLevels, places: read.places.data })
}

/** What counted levels come to. */
export function useOf({ levels, sharesLevels, places }: Counts): LevelUse {
  const variables = levels.length
  const shown = sharesLevels ? levels.slice(0, 1) : levels
  const counts = shown.map((count) => new Float64Array(count))
  for (let at = 0; at < places.length; at++) counts[sharesLevels ? 0 : at % variables][places[at]]++
  return {
    variables,
    levels: shown.reduce((total, count) => total + count, 0),
    used: counts.reduce((total, own) => total + own.filter((count) => count > 0).length, 0),
    perplexity: counts.reduce((total, own) => total + perplexityOf(own), 0) / counts.length,
  }
}

function perplexityOf(counts: Float64Array): number {
  const all = counts.reduce((total, count) => total + count, 0)
  const entropy = counts.reduce(
    (sum, count) => (count === 0 ? sum : sum - (count / all) * Math.log(count / all)),
    0,
  )
  return Math.exp(entropy)
}
