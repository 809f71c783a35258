import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import type { Condition } from '../../data/condition.ts'
import type { Unit } from '../../infer/units.ts'
import type { Trained } from '../../recipe/trained.ts'
import { htmlDocument } from '../document.ts'
import type { Coloring } from '../map/latent-map.ts'

/** What an explorer shows besides the decoder. @inline */
export interface ExplorerOptions {
  /** Any text; default: the name of the data. */
  readonly title?: string
  /** The dimensions, the strongest first, and which are active; without them all are shown, the widest first. */
  readonly units?: readonly Unit[]
  /** Codes to show in the plane [n, latent], and what colors them; default: those of training examples. */
  readonly codes?: NDArray
  readonly coloring?: Coloring
}

/**
 * A trained decoder as one HTML document that opens offline: a slider for each dimension of the code, what the code
 * decodes to, and the plane of any two dimensions. The decoder is inside as a program and float32 weights.
 *
 * Errors: `infer/no-codes` for a model whose codes nothing held to a prior and that kept none; `report/conditional` (usage)
 * for one that is given more than a code.
 */
export async function explorerPage(trained: Trained, options: ExplorerOptions = {}): Promise<string> {
  if (trained.recipe.model.condition) refuseConditional(trained.recipe.model.condition)
  // Most who import the library never ask for a page: what it takes is loaded when one is made.
  const [{ default: player }, { contentsOf }, { explorerBody }, { explorerStyle }] = await Promise.all([
    import('./player.packed.ts'),
    import('./gather.ts'),
    import('./body.ts'),
    import('./style.ts'),
  ])
  const title = options.title ?? trained.data.name
  const contents = await contentsOf(trained, options)
  const rows = contents.table ? (await import('./rows.packed.ts')).default : ''
  return htmlDocument({
    title: `${title} · betavae explorer`,
    ownStyle: explorerStyle,
    body: explorerBody(title, contents, options.units),
    ownScript: rows + player,
  })
}

const refuseConditional = (condition: Condition): never =>
  fail({
    code: 'report/conditional',
    seen: `an explorer of a model that is given ${condition.map(({ name }) => name).join(', ')}`,
    wanted: 'a decoder that takes a code alone',
    fix: 'move its code in the studio, or draw it with betavae traverse --where',
    usage: true,
  })
