/** What one β is called in other people's losses: every weight of the KL is β times a factor of sizes and σ². */
import { fail } from '../base/errors.ts'

/** What decides a convention's factor. */
export interface ConventionSetting {
  /** Latent dimensions M. */
  readonly latent: number
  /** Numbers in one example, N. */
  readonly dataSize: number
  /** σ² of a Gaussian observation; undefined where the likelihood is another, or learns it. */
  readonly variance: number | undefined
  /** −log p(x|z) as text. */
  readonly error: string
}

/** A way to weigh a KL against a misfit. */
interface Convention {
  readonly name: string
  /** The loss that its weight w stands in; `error` is −log p(x|z). */
  formula(error: string): string
  readonly words: string
  /** Its weight where β is 1; undefined where the likelihood does not have this form. */
  factor(setting: ConventionSetting): number | undefined
}

/** Gaussian: R = ‖x − x̂‖²/(2σ²) + constant, so that R + β·KL is 1/(2σ²) times ‖x − x̂‖² + 2σ²β·KL. */
const squared =
  (share: (setting: ConventionSetting) => number): Convention['factor'] =>
  (setting) =>
    setting.variance === undefined ? undefined : 2 * setting.variance * share(setting)

/** What is averaged where there is no squared error of a known scale: −log p(x|z) itself. */
const unsquared =
  (share: (setting: ConventionSetting) => number): Convention['factor'] =>
  (setting) =>
    setting.variance === undefined ? share(setting) : undefined

const perEntry = ({ dataSize }: ConventionSetting): number => 1 / dataSize
const perEntryAndCode = ({ latent, dataSize }: ConventionSetting): number => latent / dataSize

/** Every convention. To add one: one entry here. Of those with one name, a likelihood has one. */
const allConventions: readonly Convention[] = [
  {
    name: 'beta',
    formula: (error) => `${error} + w · KL`,
    words: 'sums over dimensions, in nats: β here, and in Higgins et al. 2017, eq. 4',
    factor: () => 1,
  },
  {
    name: 'beta-norm',
    formula: (error) => `${error} + w · (N/M) · KL`,
    words: 'β_norm = β·M/N, which compares models of other sizes: Higgins et al. 2017',
    factor: perEntryAndCode,
  },
  {
    name: 'sum-squares',
    formula: () => '‖x − x̂‖² + w · KL',
    words: 'the sum of squares without ½, such as a mean squared error times N',
    factor: squared(() => 1),
  },
  {
    name: 'mean-squares',
    formula: () => '‖x − x̂‖²/N + w · KL',
    words: 'the mean squared error, as frameworks give it, beside a KL that is a sum',
    factor: squared(perEntry),
  },
  {
    name: 'mean-mean',
    formula: () => '‖x − x̂‖²/N + w · KL/M',
    words: 'the mean squared error beside a KL that is a mean over dimensions, too',
    factor: squared(perEntryAndCode),
  },
  {
    name: 'mean-entropy',
    formula: (error) => `(${error})/N + w · KL`,
    words: 'the mean of −log p(x|z), such as a mean cross-entropy, beside a KL that is a sum',
    factor: unsquared(perEntry),
  },
  {
    name: 'mean-mean',
    formula: (error) => `(${error})/N + w · KL/M`,
    words: 'the mean of −log p(x|z) beside a KL that is a mean over dimensions, too',
    factor: unsquared(perEntryAndCode),
  },
]

/** One β under the name that it has in a convention. @inline */
export interface ConventionLine {
  readonly name: string
  /** w. */
  readonly value: number
  /** The loss that w stands in, up to a factor and a constant. */
  readonly formula: string
  readonly words: string
}

/** A weight under its name. */
export interface NamedWeight {
  readonly name: string
  readonly value: number
}

/** What a β is called in every convention that the likelihood has. */
export const conventionsOf = (beta: number, setting: ConventionSetting): ConventionLine[] =>
  allConventions.flatMap(({ name, formula, words, factor }) => {
    const each = factor(setting)
    return each === undefined ? [] : [{ name, value: beta * each, formula: formula(setting.error), words }]
  })

/** What a convention that the likelihood does not have asks of it. */
const forms = {
  squared: {
    wanted: 'a Gaussian likelihood whose σ² is given',
    fix: 'add --likelihood gaussian --sigma 1, or the σ that the squared error is meant with',
  },
  unsquared: {
    wanted: 'a likelihood other than a Gaussian of given σ²',
    fix: 'name the convention of the squared error, or add --likelihood bernoulli',
  },
} as const

/** The β that a weight ≥ 0 of another convention is. Errors: `objective/convention`, `objective/convention-form`. */
export function betaOf({ name, value }: NamedWeight, setting: ConventionSetting): number {
  const here = conventionsOf(1, setting)
  const unit = here.find((convention) => convention.name === name)
  if (unit) return value / unit.value
  const names = here.map((convention) => convention.name).join(', ')
  if (!allConventions.some((convention) => convention.name === name))
    fail({
      code: 'objective/convention',
      seen: `convention "${name}"`,
      wanted: names,
      fix: 'name one of those',
      usage: true,
    })
  const { wanted, fix } = setting.variance === undefined ? forms.squared : forms.unsquared
  return fail({
    code: 'objective/convention-form',
    seen: `convention "${name}" where the likelihood is ${setting.error}`,
    wanted: `${wanted}, or one of ${names}`,
    fix,
    usage: true,
  })
}
