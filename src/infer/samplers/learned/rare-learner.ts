import { loadRareKinds } from '../../../model/load-kinds.ts'
import { allPriors } from '../../../model/priors/index.ts'
import { choose } from '../../../model/spec.ts'
import { type CodeLearner, priorLearner } from './code-learner.ts'

/** What a prior that few models have comes to where it is fitted to codes; loaded with all of them. */
export async function rareLearner(
  name: string,
  own: Readonly<Record<string, unknown>>,
): Promise<CodeLearner> {
  await loadRareKinds()
  const { kind, options } = choose('prior', allPriors, { name, ...own }, {})
  return priorLearner(kind, options)
}
