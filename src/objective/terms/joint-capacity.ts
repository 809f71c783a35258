import * as z from 'zod/mini'
import { abs, add, mean, minimum, slice, sub, sum, type Tensor } from '../../graph/vocabulary.ts'
import { finalWeight, type Schedule, weightSchema } from '../schedule.ts'
import { defineTerm, tidy } from '../term.ts'

const target = (usual: string, of: string) =>
  z._default(weightSchema, usual).check(z.describe(`nats that ${of} are to carry: a number or a schedule`))

const written = (schedule: Schedule, symbol: string): string =>
  schedule.kind.name === 'constant' ? tidy(finalWeight(schedule)) : symbol

const nats = ({ lowest }: Schedule): string | undefined =>
  lowest >= 0 ? undefined : 'a number of nats ≥ 0 at every step: no KL is less'

/**
 * |KL_z − C_z| + |KL_c − C_c| of the batch means, a scalar in nats: numbers and categorical variables each have a
 * capacity, or the numbers would take all of it. Dupont 2018, eq. 7. No C_c above Σ log levels can be reached: that is
 * what it is held to there.
 */
export const jointCapacity = defineTerm({
  name: 'joint-capacity',
  on: 'posterior',
  summary: 'distance of two KLs, of numbers and of categorical variables, from targets in nats',
  paper: 'Dupont 2018, eq. 7',
  option: 'joint-gamma',
  symbol: 'γ',
  defaultWeight: 20,
  options: z.strictObject({
    numbers: target('linear(0, 5, 10000)', 'Gaussian numbers'),
    levels: target('linear(0, 5, 10000)', 'categorical variables'),
  }),
  scheduled: { numbers: nats, levels: nats },
  formula: (_, { numbers, levels }) =>
    `(|KL_z − ${written(numbers, 'C_z(t)')}| + |KL_c − ${written(levels, 'C_c(t)')}|)`,
  needs: 'mixed',
  rate: 'target',
  loss({ model: { klPerDimension, space }, scheduled }) {
    if (space.kind !== 'mixed') throw new TypeError('codes of one kind')
    const each = klPerDimension as Tensor
    const size = each.shape[1] as number
    const most = space.levels.reduce((total, count) => total + Math.log(count), 0)
    const kl = (from: number, to: number) => mean(sum(slice(each, 1, from, to), [1]))
    return add(
      abs(sub(kl(0, space.continuous), scheduled('numbers'))),
      abs(sub(kl(space.continuous, size), minimum(scheduled('levels'), most))),
    )
  },
  reading: (gamma, _, __, { numbers, levels }) =>
    gamma === 0
      ? 'off: codes may carry any number of nats'
      : `two budgets: in the end numbers carry ${tidy(finalWeight(numbers))} nats and categorical variables ` +
        `${tidy(finalWeight(levels))}, as long as one nat more lowers the reconstruction by less than γ = ${tidy(gamma)}`,
})
