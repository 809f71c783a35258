import * as z from 'zod/mini'
import { fail } from '../base/errors.ts'
import { type Bearer, carried, find, type PartKind, registered } from '../base/parts.ts'
import { firstIssue } from '../base/schema.ts'
import { type ConcreteShape, sizeOf } from '../base/shape.ts'
import { conditionSchema } from '../data/condition.ts'
import { allArchitectures } from './architectures/index.ts'
import { allLatents } from './distributions/index.ts'
import type { ByTime } from './layers/by-time.ts'
import type { ImageSize } from './layers/spatial.ts'
import { allLikelihoods } from './likelihoods/index.ts'
import type { NoiseNeed } from './noise.ts'
import { allPriors } from './priors/index.ts'
import { type CodeSpace, EUCLIDEAN } from './spaces.ts'

/** A named choice and its own options, side by side in one JSON object. */
const choice = z.looseObject({ name: z.string() })
export type Choice = z.infer<typeof choice>

/** The part of a recipe that says what the model is. */
export const modelSchema = z.strictObject({
  architecture: z._default(choice, { name: 'mlp' }),
  latent: z.prefault(
    z.looseObject({
      name: z._default(z.string(), 'gaussian'),
      size: z._default(
        z
          .int()
          .check(
            z.positive(),
            z.maximum(65_536),
            z.describe('dimensions of the code; a narrow table gets half its columns'),
          ),
        20,
      ),
      draws: z._default(
        z
          .int()
          .check(
            z.positive(),
            z.maximum(1000),
            z.describe('codes drawn for each example in a training step'),
          ),
        1,
      ),
    }),
    {},
  ),
  prior: z._default(choice, { name: 'standard' }),
  likelihood: z._default(choice, { name: 'bernoulli' }),
  condition: z
    .optional(conditionSchema)
    .check(z.describe('what encoder, decoder and prior are given beside an example; found in the data')),
  sampler: z
    .optional(z.string())
    .check(z.describe('where codes of samples come from; default: the prior, else gmm')),
})
/** A model's choices, and the parts that users brought, which its names and those of its objective may lead to. @inline */
export type ModelSpec = z.infer<typeof modelSchema> & Bearer

interface Named<Options> {
  readonly name: string
  readonly options: z.core.$ZodType<Options>
}

/** A registered thing with its options filled in. */
export interface Chosen<Kind, Options> {
  readonly kind: Kind
  readonly options: Options
}

/** Finds a choice among the house's kinds and those that were brought, and checks its options. */
export function choose<Kind extends Named<unknown>>(
  what: PartKind,
  ours: readonly Kind[],
  { name, ...options }: Choice,
  bearer: Bearer,
): Chosen<Kind, unknown> {
  const kind = find(what, ours, name, bearer)
  const parsed = z.safeParse(kind.options, options)
  if (parsed.success) return { kind, options: parsed.data }
  const { at, wanted } = firstIssue(parsed.error)
  return refuseOptions(what, name, options, `${at === '' ? '' : `${at}: `}${wanted}`)
}

/** Refuses the options of a choice, saying what was wanted of them. */
export const refuseOptions = (what: PartKind, name: string, options: unknown, wanted: string): never =>
  fail({
    code: `choice/${what}-options`,
    seen: `${what} "${name}" with ${JSON.stringify(options)}`,
    wanted,
    fix: `correct the options of the ${what}`,
    usage: true,
  })

/** Some choices of a model, with the parts that they may lead to. */
export type SpecOf<Choices extends keyof z.infer<typeof modelSchema>> = Pick<ModelSpec, Choices> & Bearer

export const architectureOf = (spec: SpecOf<'architecture'>) =>
  choose('architecture', allArchitectures, spec.architecture, spec)

export const likelihoodOf = (spec: SpecOf<'likelihood'>) =>
  choose('likelihood', allLikelihoods, spec.likelihood, spec)

export const latentOf = (spec: SpecOf<'latent'>) => {
  const { size: _, draws: __, ...choice } = spec.latent
  return choose('latent', allLatents, choice, spec)
}

/** Where the codes of a model live. */
export const spaceOf = (spec: SpecOf<'latent'>): CodeSpace => {
  const { kind, options } = latentOf(spec)
  return kind.space?.(spec.latent.size, options) ?? EUCLIDEAN
}

/** The least size from this one on that a latent takes. */
export function fittingSize(spec: SpecOf<'latent'>, size: number): number {
  const { kind, options } = latentOf(spec)
  const { least, step } = kind.sizes?.(options) ?? { least: 1, step: 1 }
  return least + step * Math.max(0, Math.ceil((size - least) / step))
}

/** Height and width of the codes of a model, where latent and architecture make them images; else undefined. */
export function placesOfCode(
  spec: SpecOf<'architecture' | 'latent'>,
  exampleShape: ConcreteShape,
): ImageSize | undefined {
  if (numbersByPlace(spec) === undefined) return undefined
  const { kind, options } = architectureOf(spec)
  return kind.onGrid?.places(exampleShape, options)
}

/** How windows lie in the examples of a model whose architecture reads them over time; else undefined. */
export function windowsOf(spec: SpecOf<'architecture' | 'likelihood'>): ByTime | undefined {
  const { kind, options } = likelihoodOf(spec)
  return architectureOf(spec).kind.readsWindows && kind.windows?.(options)
}

/** Numbers at each place of codes that may be images. */
const numbersByPlace = (spec: SpecOf<'latent'>): number | undefined => {
  const { kind, options } = latentOf(spec)
  return kind.places?.(options)
}

/** The size of a code that is an image, which its architecture decides. */
export function sizeOfPlaces(
  spec: SpecOf<'architecture' | 'latent'>,
  exampleShape: ConcreteShape,
): number | undefined {
  const places = placesOfCode(spec, exampleShape)
  return places && sizeOf([...places, numbersByPlace(spec) as number])
}

/** The noise that a code of a model is drawn from. */
export const noiseNeedOf = (spec: SpecOf<'latent'>): NoiseNeed => {
  const { kind, options } = latentOf(spec)
  return kind.noise?.(spec.latent.size, options) ?? { kind: 'normal', width: spec.latent.size }
}

export const priorOf = (spec: SpecOf<'prior'>) => choose('prior', allPriors, spec.prior, spec)

export const likelihoodNames = (bearer: Bearer): readonly string[] =>
  registered('likelihood', allLikelihoods, bearer).map(({ name }) => name)

/** The spec with every option of every choice written out, as it is for examples of that shape. */
export function completeModel(spec: ModelSpec, exampleShape: ConcreteShape): ModelSpec {
  const size = sizeOfPlaces(spec, exampleShape)
  if (size !== undefined && size !== spec.latent.size) refuseSize(spec, size)
  return {
    architecture: written(completed(architectureOf(spec), shapeRead(spec, exampleShape))),
    latent: { ...spec.latent, ...written(latentOf(spec)) },
    prior: written(priorOf(spec)),
    likelihood: written(likelihoodOf(spec)),
    ...(spec.condition && { condition: spec.condition }),
    ...(spec.sampler && { sampler: spec.sampler }),
    ...carried(spec),
  }
}

const refuseSize = ({ latent, architecture }: SpecOf<'architecture' | 'latent'>, size: number): never =>
  fail({
    code: 'model/latent-size',
    seen: `a code of ${latent.size} numbers at the places of the architecture "${architecture.name}"`,
    wanted: `${size} numbers, as many as its smallest image has places, times those of each place`,
    fix: `drop --latent, or use --${latent.name}-positions flat`,
    usage: true,
  })

/** The shape of an example as its architecture reads it. */
function shapeRead(spec: SpecOf<'architecture' | 'likelihood'>, exampleShape: ConcreteShape): ConcreteShape {
  return windowsOf(spec)?.read ?? exampleShape
}

const completed = ({ kind, options }: ReturnType<typeof architectureOf>, exampleShape: ConcreteShape) => ({
  kind,
  options: kind.complete?.(options, exampleShape) ?? options,
})

const written = ({ kind, options }: Chosen<Named<unknown>, unknown>): Choice => ({
  name: kind.name,
  ...(options as object),
})
