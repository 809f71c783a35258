/** L2 and L1 on parameters: the two priors of MAP estimation. */
import * as z from 'zod/mini'
import { square } from '../../graph/functions.ts'
import { abs } from '../../graph/ops/abs.ts'
import { add } from '../../graph/ops/add.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { defineTerm, type Setting, tidy } from '../term.ts'
import { ofPart, parametersOf, partOption } from './part.ts'

const options = z.strictObject({ part: partOption('all') })
type Options = z.infer<typeof options>

const subject = ({ part }: Options): string => ofPart('θ', part)

interface Norm<Name extends string> {
  readonly name: Name
  readonly title: string
  readonly power: (x: Tensor) => Tensor
  readonly formula: (theta: string) => string
  readonly prior: (theta: string, weight: number, examples: number) => string
}

/** Both norms differ in the power they sum and in the prior that it is. */
const onParameters = <const Name extends string>({ name, title, power, formula, prior }: Norm<Name>) =>
  defineTerm({
    name,
    on: 'parameters',
    summary: title,
    option: name,
    symbol: 'λ',
    defaultWeight: 1e-5,
    options,
    formula: (chosenOptions) => formula(subject(chosenOptions)),
    loss: ({ parameters }, { part }) =>
      parametersOf(parameters, part)
        .map(({ tensor }) => sum(power(tensor)))
        .reduce((a, b) => add(a, b)),
    reading: (weight, chosenOptions, { examples }: Setting) =>
      weight === 0 ? 'off: a flat prior' : prior(subject(chosenOptions), weight, examples),
  })

/** ‖θ‖²: with the mean loss over N examples, λ‖θ‖² is the prior θ ~ N(0, 1/(2λN)). */
export const l2 = onParameters({
  name: 'l2',
  title: 'squared length of the parameters: weight decay, a Gaussian prior on them (MAP)',
  power: square,
  formula: (theta) => `‖${theta}‖²`,
  prior: (theta, weight, examples) =>
    `MAP with the prior ${theta} ~ N(0, 1/(2λN)) = N(0, ${tidy(1 / (2 * weight * examples))}), N = ${examples}`,
})

/** ‖θ‖₁: λ‖θ‖₁ is the prior θ ~ Laplace(0, 1/(λN)). */
export const l1 = onParameters({
  name: 'l1',
  title: 'sum of absolute parameters: a Laplace prior on them (MAP), which favors exact zeros',
  power: abs,
  formula: (theta) => `‖${theta}‖₁`,
  prior: (theta, weight, examples) =>
    `MAP with the prior ${theta} ~ Laplace(0, 1/(λN)) = Laplace(0, ${tidy(1 / (weight * examples))}), N = ${examples}`,
})
