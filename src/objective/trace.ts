import { fail } from '../base/errors.ts'
import { formatShape, sameShape, sizeOf } from '../base/shape.ts'
import { mean } from '../graph/functions.ts'
import { add } from '../graph/ops/add.ts'
import { input } from '../graph/ops/input.ts'
import { mul } from '../graph/ops/mul.ts'
import type { Tensor } from '../graph/tensor.ts'
import { type Autoencoder, type ExampleType, overTime, traceAutoencoder } from '../model/autoencoder.ts'
import type { Training } from '../model/distributions/latent.ts'
import type { Noise } from '../model/noise.ts'
import type { Parameter } from '../model/parameters.ts'
import { architectureOf, latentOf, type ModelSpec } from '../model/spec.ts'
import { newTrace, type Trace } from '../model/trace.ts'
import { optionInput, weightInput } from './inputs.ts'
import type { WeightedTerm } from './objective.ts'
import type { Contest, Divided, Setting, TermTrace } from './term.ts'

/** What an objective is traced for. */
export interface TraceRequest {
  readonly spec: ModelSpec
  readonly example: ExampleType
  readonly terms: readonly WeightedTerm[]
  /** Examples in a step. */
  readonly batch: number
  /** Training examples N. */
  readonly examples: number
}

/** One of those who learn: the model, or the opponent of an adversarial term. */
export interface Player {
  readonly key: string
  /** A scalar in nats. */
  readonly loss: Tensor
  /** What the model's encoder lowers instead, a scalar, where a term has something else for it. */
  readonly encoderLoss?: Tensor
  /** What it moves to lower its loss. */
  readonly parameters: readonly Parameter[]
}

/** The key of the player that is the model. */
export const MODEL = 'model'

/** A model and its terms as tensors. */
export interface TracedTerms {
  readonly model: Autoencoder
  readonly parameters: readonly Parameter[]
  readonly noise: readonly Noise[]
  readonly replacements: ReadonlyMap<Parameter, Tensor>
  /** Each Ωₖ, unweighted: [batch] or a scalar. A term on the input has none. */
  readonly values: Readonly<Record<string, Tensor>>
  /** What the encoder lowers instead of a term's value, where that is something else. */
  readonly encoderValues: Readonly<Record<string, Tensor>>
  readonly opponents: readonly Player[]
}

/**
 * Traces a model and the terms over it.
 *
 * `isTraining` lets terms on the input corrupt what the encoder sees; whoever judges shows it clean examples.
 */
export function traceTerms(request: TraceRequest, isTraining: boolean): TracedTerms {
  const { spec, example, terms, batch } = request
  const trace = newTrace()
  const corrupt = (x: Tensor) => (isTraining ? corrupted(x, request, trace) : x)
  const training = isTraining ? trainingOf(request, trace) : undefined
  const draws = latentOf(spec).kind.stochastic ? spec.latent.draws : 1
  const model = traceAutoencoder(
    spec,
    example,
    batch,
    { draws, corrupt, ...(training ? { training } : {}) },
    trace,
  )
  const parameters = [...trace.parameters]
  const values: Record<string, Tensor> = {}
  const encoderValues: Record<string, Tensor> = {}
  const opponents: Player[] = []
  for (const term of terms) {
    if (!term.term.loss) continue
    const own = { ...termTrace(term.key, request, trace), model, parameters, setting: settingOf(request) }
    const { value, opponent, encoder } = partsOf(term.term.loss(own, term.options))
    checkLoss(term, value, batch)
    values[term.key] = value
    if (encoder) encoderValues[term.key] = encoder
    const moved = trace.parameters.filter(({ part }) => part === term.key)
    if (opponent) opponents.push({ key: term.key, loss: opponent, parameters: moved })
  }
  const { noise, replacements } = trace
  return { model, parameters, noise, replacements, values, encoderValues, opponents }
}

export const settingOf = ({
  spec,
  example,
  examples,
}: Pick<TraceRequest, 'spec' | 'example' | 'examples'>): Setting => ({
  examples,
  latent: spec.latent.size,
  dataSize: sizeOf(example.shape),
})

/** A loss of another shape would be averaged over more than the examples, and weigh less than it says. */
function checkLoss({ term: { name } }: WeightedTerm, value: Tensor | undefined, batch: number): void {
  const shape = value?.shape
  if (shape && (shape.length === 0 || sameShape(shape, [batch]))) return
  fail({
    code: 'objective/term-loss',
    seen: `a loss of the term "${name}" ${shape ? `of shape ${formatShape(shape)}` : 'that is no tensor'}`,
    wanted: `a tensor of shape [${batch}], a number for each example, or of shape [], one for the batch`,
    fix: 'sum over what each example has: sumPerExample(x)',
    usage: true,
  })
}

const partsOf = (loss: Tensor | Contest | Divided): Partial<Contest & Divided> & Pick<Contest, 'value'> =>
  typeof loss === 'object' && 'value' in loss ? loss : { value: loss }

/** What any term may ask for, under names of its own. */
const termTrace = (
  key: string,
  { batch, spec }: TraceRequest,
  trace: Trace,
): Pick<TermTrace, 'batch' | 'draw' | 'scheduled' | 'layers' | 'features'> => ({
  batch,
  draw: (name, kind, shape) => trace.draw(`${key}.${name}`, kind, shape),
  scheduled: (option) => input(optionInput(key, option), []),
  layers: trace.layers(key),
  features(x) {
    const { kind, options } = architectureOf(spec)
    return kind.encode(overTime(spec, x), trace.layers(key), options)
  },
})

/** What draws of codes may use: a temperature, where a term says one, noise and moved parameters. */
function trainingOf({ terms }: TraceRequest, trace: Trace): Training {
  const relaxing = terms.find(({ term }) => term.relax)
  return {
    draw: (name, kind, shape) => trace.draw(`latent.${name}`, kind, shape),
    replace: trace.replace,
    ...(relaxing
      ? { relaxation: relaxing.term.relax?.(input(weightInput(relaxing.key), []), relaxing.options) }
      : {}),
  }
}

const corrupted = (x: Tensor, request: TraceRequest, trace: Trace): Tensor =>
  request.terms.reduce(
    (seen, { key, term, options }) =>
      term.corrupt
        ? term.corrupt(seen, input(weightInput(key), []), termTrace(key, request, trace), options)
        : seen,
    x,
  )

/** The sum L = R + Σ λₖΩₖ as symbolic scalars, in nats per example. */
export interface TracedObjective extends Pick<TracedTerms, 'noise' | 'replacements'> {
  /** The model first; each with its own loss and parameters. */
  readonly players: readonly Player[]
  readonly reconstruction: Tensor
  /** Mean KL to the prior, whatever its weight; absent where the latent is deterministic. */
  readonly kl?: Tensor
  /** Each Ωₖ, unweighted. */
  readonly terms: Readonly<Record<string, Tensor>>
}

/** The mean over a batch, where it is not taken yet. */
export const overBatch = (value: Tensor): Tensor => (value.shape.length === 0 ? value : mean(value))

/** Builds what a training step minimizes; weights are program inputs, so annealing never recompiles. */
export function traceObjective(request: TraceRequest): TracedObjective {
  const { model, parameters, noise, replacements, values, encoderValues, opponents } = traceTerms(
    request,
    true,
  )
  const reconstruction = overBatch(model.reconstruction)
  const terms = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, overBatch(value)]))
  const lossOf = (summands: Readonly<Record<string, Tensor>>) =>
    Object.entries(summands).reduce(
      (sum, [key, value]) => add(sum, mul(input(weightInput(key), []), value)),
      reconstruction,
    )
  const own = Object.entries(encoderValues).map(([key, value]) => [key, overBatch(value)])
  const encoderLoss = own.length > 0 ? lossOf({ ...terms, ...Object.fromEntries(own) }) : undefined
  return {
    players: [
      { key: MODEL, loss: lossOf(terms), parameters, ...(encoderLoss ? { encoderLoss } : {}) },
      ...opponents,
    ],
    noise,
    replacements,
    reconstruction,
    ...(model.kl ? { kl: overBatch(model.kl) } : {}),
    terms,
  }
}
