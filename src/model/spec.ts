import * as z from 'zod'
import { fail } from '../base/errors.ts'
import { firstIssue } from '../base/schema.ts'
import type { ConcreteShape } from '../base/shape.ts'
import { allArchitectures } from './architectures/index.ts'
import { allLatents } from './distributions/index.ts'
import { allLikelihoods } from './likelihoods/index.ts'
import { allPriors } from './priors/index.ts'

/** A named choice and its own options, side by side in one JSON object. */
const choice = z.looseObject({ name: z.string() })
export type Choice = z.infer<typeof choice>

/** The part of a recipe that says what the model is. */
export const modelSchema = z.strictObject({
  architecture: choice.default({ name: 'mlp' }),
  latent: z
    .looseObject({
      name: z.string().default('gaussian'),
      size: z
        .int()
        .positive()
        .default(20)
        .describe('dimensions of the code; a narrow table gets half its columns'),
      draws: z
        .int()
        .positive()
        .max(1000)
        .default(1)
        .describe('codes drawn for each example in a training step'),
    })
    .prefault({}),
  prior: choice.default({ name: 'standard' }),
  likelihood: choice.default({ name: 'bernoulli' }),
})
export type ModelSpec = z.infer<typeof modelSchema>

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

export const latentOf = ({ latent: { size: _, draws: __, ...choice } }: Pick<ModelSpec, 'latent'>) =>
  choose('latent', allLatents, choice)

export const priorOf = (spec: Pick<ModelSpec, 'prior'>) => choose('prior', allPriors, spec.prior)

export const likelihoodNames: readonly string[] = allLikelihoods.map(({ name }) => name)

/** The spec with every option of every choice written out, as it is for examples of that shape. */
export const completeModel = (spec: ModelSpec, exampleShape: ConcreteShape): ModelSpec => ({
  architecture: written(completed(architectureOf(spec), exampleShape)),
  latent: { ...spec.latent, ...written(latentOf(spec)) },
  prior: written(priorOf(spec)),
  likelihood: written(likelihoodOf(spec)),
})

const completed = ({ kind, options }: ReturnType<typeof architectureOf>, exampleShape: ConcreteShape) => ({
  kind,
  options: kind.complete?.(options, exampleShape) ?? options,
})

const written = ({ kind, options }: Chosen<Named<unknown>, unknown>): Choice => ({
  name: kind.name,
  ...(options as object),
})
