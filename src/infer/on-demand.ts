import type { NDArray, NumericArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { priorOf } from '../model/spec.ts'
import { checkBase, checkCount, checkDimension, checkEnd, checkPositions, checkSeed } from './arguments.ts'
import { rowsAt } from './chunks.ts'
import { type GivenRows, givenRows, withGiven } from './given.ts'
import { type Asked, askedConditions, drawnConditions } from './kept-conditions.ts'
import type { Model, Scored } from './model.ts'
import type { ModelParts } from './model-parts.ts'
import type { Programs } from './programs.ts'
import { checkRows } from './rows-and-codes.ts'
import { modelCodes } from './samplers/model-codes.ts'
import { usualSampler } from './samplers/usual.ts'
import { openScoring, type Scoring, type ScoringPass } from './scoring.ts'

export { samplerNamed } from './samplers/open.ts'

/** What a model does besides encoding and decoding. */
export interface RestOfModel extends Pick<Model, 'sample' | 'score' | 'spread' | 'traverse' | 'interpolate'> {
  /** The conditions of so many rows or codes: few models are given any. Errors: those of `askedConditions`. */
  conditions(asked: Asked, count: number): NDArray<Float32Array> | undefined
  /** Codes as they are under `to`, which their own condition was changed to; they stay where the prior depends on none. */
  moved(codes: NDArray, own: GivenRows | undefined, to: NDArray): Promise<NDArray>
}

/** What it does that by. */
interface Begun extends Pick<Model, 'encode' | 'decode'> {
  readonly programs: Programs
}

/** Makes the rest of a model that encodes and decodes already. */
export function restOfModel(
  engine: Engine,
  parts: ModelParts,
  { programs, encode, decode }: Begun,
): RestOfModel {
  const { spec, example, values, hasPrior } = parts
  const latent = spec.latent.size
  const { condition: conditions } = spec
  const codes = modelCodes(engine, parts)
  const scoring = () => programs.scoring(() => openScoring(engine, spec, example))
  return {
    conditions: (asked, count) => askedConditions(parts, asked, count),
    moved: async (z, own, to) =>
      priorOf(spec).kind.isConditional ? codes.moved(z, own && givenRows(spec, own, z.shape[0]), to) : z,
    async sample(count, { from = usualSampler(parts), where, seed = 0, signal } = {}) {
      const [checkedCount, checkedSeed] = [checkCount(count, 'count'), checkSeed(seed)]
      const condition = conditions
        ? drawnConditions(conditions, values, { where, count: checkedCount, seed: checkedSeed })
        : givenRows(spec, where, checkedCount)
      const draw = await codes.draws(from)
      refuseOtherSampler(spec, from)
      return decode(await draw(checkedCount, checkedSeed, condition), { condition, signal })
    },
    async score(rows, { condition, seed = 0, first = 0, signal } = {}) {
      const checked = withGiven('x', checkRows(rows, example), spec, condition)
      const pass = { seed: checkSeed(seed), first: checkSeed(first, 'first'), signal }
      return scoreRows(await scoring(), checked, values, pass)
    },
    spread: (of = hasPrior ? 'prior' : 'codes') => codes.spread(of),
    async traverse(dimension, positions, { base, condition, where, signal } = {}) {
      const along = checkDimension(dimension, latent)
      const places = checkPositions(positions)
      const through = checkBase(base ?? (await codes.middle()), latent)
      return decode(traversal(along, places, through), { condition, where: where ?? {}, signal })
    },
    async interpolate(from, to, steps, { condition, signal } = {}) {
      checkCount(steps, 'steps')
      const ends = [checkEnd(from, example), checkEnd(to, example)]
      const known = givenRows(spec, condition, ends.length)
      const own = ends.map((_, end) => known && rowsAt(known, end, 1))
      const [a, b] = await Promise.all(ends.map((end, i) => encode(end, { condition: own[i], signal })))
      const between = own[0] && own[1] && line(own[0].data, own[1].data, steps, own[0].shape[1])
      return decode(line(a.mean.data, b.mean.data, steps, latent), { condition: between, signal })
    },
  }
}

/** Codes of all examples are those of no condition in particular. Error, usage: `infer/sampler`. */
export function refuseOtherSampler(spec: ModelParts['spec'], from: string): void {
  const { isConditional, name } = priorOf(spec).kind
  if (!isConditional || from === 'prior') return
  fail({
    code: 'infer/sampler',
    seen: `samples from "${from}" of a model whose prior is "${name}"`,
    wanted: 'prior, which is p(z) given the condition',
    fix: 'sample from the prior (--from prior), or train with --prior standard',
    usage: true,
  })
}

async function scoreRows(
  scoring: Scoring,
  { x, ...beside }: Readonly<Record<string, NDArray>>,
  values: Feeds,
  pass: ScoringPass,
): Promise<Scored> {
  const { reconstruction, kl } = await scoring.score(
    x.shape[0],
    async ([start, ...rest]) => {
      const part = (rows: NDArray) => rowsAt(rows, start, rest.length + 1)
      const given = Object.entries(beside).map(([name, rows]) => [name, part(rows)])
      return { ...Object.fromEntries(given), x: part(x) }
    },
    values,
    pass,
  )
  return kl
    ? { reconstruction, kl, elbo: kl.map((nats, i) => -(nats + reconstruction[i])) }
    : { reconstruction }
}

function traversal(dimension: number, positions: readonly number[], base: Float32Array): NDArray {
  const latent = base.length
  const data = new Float32Array(positions.length * latent)
  positions.forEach((position, row) => {
    data.set(base, row * latent)
    data[row * latent + dimension] = position
  })
  return { data, shape: [positions.length, latent] }
}

function line(from: NumericArray, to: NumericArray, steps: number, latent: number): NDArray {
  const data = new Float32Array(steps * latent)
  for (let i = 0; i < data.length; i++) {
    const share = steps === 1 ? 0 : Math.floor(i / latent) / (steps - 1)
    data[i] = from[i % latent] + share * (to[i % latent] - from[i % latent])
  }
  return { data, shape: [steps, latent] }
}
