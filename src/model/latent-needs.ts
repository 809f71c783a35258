import { fail } from '../base/errors.ts'
import { registered } from '../base/parts.ts'
import type { Latent, LatentNeed } from './distributions/latent.ts'
import { allPriors } from './priors/index.ts'
import { type CodeSpaceKind, codesIn } from './spaces.ts'
import { latentOf, priorOf, type SpecOf, spaceOf } from './spec.ts'

interface Need {
  readonly wanted: string
  /** Options that meet it; default: a Gaussian posterior. */
  readonly options?: string
  isMet(latent: Latent): boolean
}

const needs: Readonly<Record<LatentNeed, Need>> = {
  draws: { wanted: 'a latent with a posterior', isMet: ({ stochastic }) => stochastic },
  gaussian: { wanted: 'a Gaussian posterior', isMet: ({ gaussian }) => gaussian },
  relaxes: {
    wanted: 'categorical variables',
    options: '--posterior categorical --prior uniform',
    isMet: ({ relaxes }) => relaxes === true,
  },
  rounds: {
    wanted: 'codes that are rounded',
    options: '--posterior vq --prior uniform',
    isMet: ({ roundsCodes }) => roundsCodes === true,
  },
  mixed: {
    wanted: 'Gaussian numbers beside categorical variables',
    options: '--posterior joint --prior joint',
    isMet: ({ name }) => name === 'joint',
  },
}

interface Needy {
  readonly code: string
  /** As a complaint names it. */
  readonly subject: string
  readonly need: LatentNeed | undefined
  /** What to do but change the latent. */
  readonly otherwise: string
}

/** Refuses a model whose latent lacks what something needs. Error (usage): `code`. */
export function refuseLatentWithout(
  { code, subject, need, otherwise }: Needy,
  model: SpecOf<'latent'>,
): void {
  if (!need || needs[need].isMet(latentOf(model).kind)) return
  fail({
    code,
    seen: `${subject} over the latent "${model.latent.name}"`,
    wanted: needs[need].wanted,
    fix: `use ${needs[need].options ?? '--posterior gaussian'}, or ${otherwise}`,
    usage: true,
  })
}

/** Refuses a prior over codes of another space than the latent's. Error (usage): `model/prior-space`. */
export function refuseOtherSpace(model: SpecOf<'latent' | 'prior'>): void {
  const { kind: space } = spaceOf(model)
  const { kind: prior } = priorOf(model)
  const own = prior.space ?? 'euclidean'
  if (own === space) return
  fail({
    code: 'model/prior-space',
    seen: `the prior "${prior.name}" of ${codesIn[own]} over the latent "${model.latent.name}" of ${codesIn[space]}`,
    wanted: `a prior of ${codesIn[space]}`,
    fix: fixOf(model, space),
    usage: true,
  })
}

/** Names a prior of that space, or a latent of Euclidean codes. */
function fixOf(model: SpecOf<'latent'>, space: CodeSpaceKind): string {
  const all = registered('prior', allPriors, model)
  const [fitting] = all.filter((prior) => (prior.space ?? 'euclidean') === space)
  const ways = [
    ...(fitting ? [`--prior ${fitting.name}`] : []),
    ...(space === 'euclidean' ? [] : ['--posterior gaussian --prior standard']),
  ]
  return `use ${ways.join(', or ')}`
}
