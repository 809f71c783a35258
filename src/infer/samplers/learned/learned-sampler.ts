import { defineSampler, type Sampler, storedCodes } from '../sampler.ts'
import type { CodeLearner } from './code-learner.ts'

interface About<Name extends string> extends Pick<Sampler, 'summary' | 'paper' | 'space'> {
  readonly name: Name
  /** Asked for when it is first sampled from. */
  learner(): CodeLearner | Promise<CodeLearner>
}

/** A sampler that fits a small density to the codes of training examples when it is first asked for draws. */
export const learnedSampler = <const Name extends string>({ learner, ...about }: About<Name>) =>
  defineSampler({
    ...about,
    prepare: async (known) => known.learn(await learner(), storedCodes(known)),
  })
