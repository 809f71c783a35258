/** Values of terms in float64, and what confidence bounds on their averages need. */
import type { NDArray } from '../base/arrays.ts'
import type { Feeds } from '../engine/engine.ts'
import { referenceEngine } from '../engine/reference.ts'
import { program } from '../graph/program.ts'
import type { Tensor } from '../graph/tensor.ts'
import { drawNoise } from '../model/noise.ts'
import type { TermSpec } from '../objective/objective.ts'
import { type ToyWorld, toyWorld } from './toy-world.ts'

export type ToyOptions = NonNullable<Parameters<typeof toyWorld>[0]>

/** A float64 array to feed. */
export const numbered = (data: readonly number[], ...shape: number[]): NDArray => ({
  data: Float64Array.from(data),
  shape,
})

/** The numbers of tensors, row-major; of `feeds` they take what they need. */
export async function numbersOf<Name extends string>(
  tensors: Readonly<Record<Name, Tensor>>,
  feeds: Feeds,
): Promise<Record<Name, number[]>> {
  const [values] = await numbersUnder(tensors, [feeds])
  return values
}

/** As `numbersOf`, under each of several feeds. */
export async function numbersUnder<Name extends string>(
  tensors: Readonly<Record<Name, Tensor>>,
  all: readonly Feeds[],
): Promise<Record<Name, number[]>[]> {
  const traced = program('values', tensors)
  using executable = await referenceEngine.load(traced)
  const values: Record<string, number[]>[] = []
  for (const feeds of all) {
    const given = Object.fromEntries(traced.inputs.map(({ name }) => [name, feeds[name]]))
    const got = await executable.run(given)
    values.push(Object.fromEntries(Object.entries(got).map(([name, { data }]) => [name, Array.from(data)])))
  }
  return values
}

/** A toy world with one term, and that term's value. */
export function worldOf(term: TermSpec, options: ToyOptions = {}): { world: ToyWorld; value: Tensor } {
  const world = toyWorld({ ...options, terms: [term] })
  return { world, value: world.traced.values[term.term] }
}

/** The feeds of a world at the steps 1 … count, which differ in their noise. */
export const overSteps = ({ traced, feeds }: ToyWorld, count: number): Feeds[] =>
  Array.from({ length: count }, (_, step) => ({
    ...feeds,
    ...Object.fromEntries(
      traced.noise.map((noise) => [noise.name, drawNoise(noise, { seed: 3, step: step + 1 })]),
    ),
  }))

export const average = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length

/** How many standard errors the average of independent values lies from a truth. */
export function standardErrorsFrom(truth: number, values: readonly number[]): number {
  const middle = average(values)
  const variance = average(values.map((value) => (value - middle) ** 2))
  return Math.abs(middle - truth) / Math.sqrt(variance / (values.length - 1))
}
