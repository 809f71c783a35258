import type { Markup } from './html.ts'
import type { Traversal } from './pictures.ts'

/** What a model makes, as markup; one maker for each kind of example. */
export interface Figures {
  readonly reconstructions: Markup
  readonly samples: Markup
  readonly interpolations: Markup
  traversal(traversal: Traversal): Markup
  /** How to read each, in a sentence. */
  readonly words: Readonly<Record<'reconstructions' | 'samples' | 'interpolations' | 'traversals', string>>
}
