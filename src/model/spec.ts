import { z } from 'zod'
import { fail } from '../base/errors.ts'
import { firstIssue } from '../base/schema.ts'
import { allArchitectures } from './architectures/index.ts'
import { allLatents, type Latent } from './distributions/posterior.ts'
import { allLikelihoods } from './likelihoods/index.ts'

/** A named choice and its own options, side by side in one JSON object. */
const choice = z.looseObject({ name: z.string() })
export type Choice = z.infer<typeof choice>

/** The part of a recipe that says what the model is. */
export const modelSchema = z.strictObject({
  architecture: choice.default({ name: 'mlp' }),
  latent: z
    .strictObject({
      name: z.enum(allLatents.map(({ name }) => name)).default('gaussian'),
      size: z
        .int()
        .positive()
        .default(20)
        .describe('dimensions of the code; a narrow table gets half its columns'),
    })
    .prefault({}),
  likelihood: choice.default({ name: 'bernoulli' }),
})
export type ModelSpec = z.infer<typeof modelSchema>
export type LatentName = ModelSpec['latent']['name']

interface Named<Options> {
  readonly name: string
  readonly options: z.ZodType<Options>
}

/** A registered thing with its options filled in. */
export interface Chosen<Kind, Options> {
  readonly kind: Kind
  readonly options: Options
}

/** Finds a choice in its registry and checks its options. */
export function choose<Kind extends Named<unknown>>(
  what: string,
  all: readonly Kind[],
  { name, ...options }: Choice,
): Chosen<Kind, unknown> {
  const kind = all.find((candidate) => candidate.name === name)
  if (!kind)
    return fail({
      code: `choice/unknown-${what}`,
      seen: `${what} "${name}"`,
      wanted: all.map((candidate) => candidate.name).join(', '),
      fix: `name one of those`,
      usage: true,
    })
  const parsed = kind.options.safeParse(options)
  if (parsed.success) return { kind, options: parsed.data }
  const { at, wanted } = firstIssue(parsed.error)
  return fail({
    code: `choice/${what}-options`,
    seen: `${what} "${name}" with ${JSON.stringify(options)}`,
    wanted: `${at === '' ? '' : `${at}: `}${wanted}`,
    fix: `correct the options of the ${what}`,
    usage: true,
  })
}

export const architectureOf = (spec: Pick<ModelSpec, 'architecture'>) =>
  choose('architecture', allArchitectures, spec.architecture)

export const likelihoodOf = (spec: Pick<ModelSpec, 'likelihood'>) =>
  choose('likelihood', allLikelihoods, spec.likelihood)

export const latentOf = (spec: Pick<ModelSpec, 'latent'>): Latent =>
  allLatents.find(({ name }) => name === spec.latent.name) as Latent

/** The spec with every option of every choice written out. */
export const completeModel = (spec: ModelSpec): ModelSpec => ({
  architecture: { name: spec.architecture.name, ...(architectureOf(spec).options as object) },
  latent: spec.latent,
  likelihood: { name: spec.likelihood.name, ...(likelihoodOf(spec).options as object) },
})
