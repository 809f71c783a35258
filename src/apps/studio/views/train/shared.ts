/** Choices as they stand in the address, so that they can be sent to somebody. */

/** What an address may say; what it leaves out, or says wrong, is as usual. */
export interface SharedChoices {
  readonly preset?: string
  /** Weights of the terms, in the order of the preset's. */
  readonly weights?: readonly number[]
  readonly architecture?: string
  readonly latent?: number
  readonly steps?: number
  readonly seed?: number
  /** What the model is given of an example. */
  readonly given?: readonly string[]
}

export interface TrainParams {
  readonly objective?: string
  readonly weights?: string
  readonly architecture?: string
  readonly latent?: string
  readonly steps?: string
  readonly seed?: string
  readonly given?: string
}

/** Reads an address. */
export function choicesIn(params: Readonly<Record<string, string>>): SharedChoices {
  const { objective, weights, architecture, latent, steps, seed, given } = params as TrainParams
  const list = weights?.split(',').map(Number)
  return present({
    preset: objective,
    weights: list?.every((weight) => Number.isFinite(weight) && weight >= 0) ? list : undefined,
    architecture,
    latent: wholeNumber(latent, 1),
    steps: wholeNumber(steps, 1),
    seed: wholeNumber(seed, 0),
    given: given?.split(',').filter(Boolean),
  })
}

/** What to write into an address; undefined where there is nothing to say. */
export const paramsOf = ({
  preset,
  weights,
  architecture,
  latent,
  steps,
  seed,
  given,
}: SharedChoices): Record<keyof TrainParams, string | undefined> => ({
  objective: preset,
  weights: weights?.join(',') || undefined,
  architecture: architecture || undefined,
  latent: latent?.toString(),
  steps: steps?.toString(),
  seed: seed?.toString(),
  given: given?.join(',') || undefined,
})

const present = (choices: SharedChoices): SharedChoices =>
  Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined))

function wholeNumber(text: string | undefined, least: number): number | undefined {
  const number = Number(text)
  return text && Number.isInteger(number) && number >= least ? number : undefined
}
