import { fail } from '../../base/errors.ts'
import type { Condition } from '../../data/condition.ts'
import type { Trained } from '../../recipe/trained.ts'
import type { ExplorerOptions } from './options.ts'

/**
 * A trained decoder as one HTML document that opens offline: a slider for each dimension of the code, what the
 * code decodes to, and the plane of any two dimensions. The decoder is inside as a program and float32 weights.
 *
 * Errors: `infer/no-codes` for a model without a prior that was saved without codes; `report/conditional`
 * (usage) for a conditional model.
 *
 * @example
 * ```ts
 * import { train } from 'betavae'
 * import { explorerPage } from 'betavae/pictures'
 *
 * const { trained } = await train({ data: { source: 'digits' }, training: { steps: 20 } })
 * console.log((await explorerPage(trained)).length) // characters of one HTML file
 * ```
 */
export async function explorerPage(trained: Trained, options: ExplorerOptions = {}): Promise<string> {
  if (trained.recipe.model.condition) refuseConditional(trained.recipe.model.condition)
  // Most who import the library never ask for a page: what it takes is loaded when one is made.
  const { composed } = await import('./composed.ts')
  return composed(trained, options)
}

const refuseConditional = (condition: Condition): never =>
  fail({
    code: 'report/conditional',
    seen: `an explorer of a model that is given ${condition.map(({ name }) => name).join(', ')}`,
    wanted: 'a decoder that takes a code alone',
    fix: 'move its code in the studio, or draw it with betavae traverse --where',
    usage: true,
  })
