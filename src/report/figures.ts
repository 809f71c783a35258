import type { Markup } from './html.ts'
import { imageFigures } from './imageFigures.ts'
import type { Pictures, Traversal } from './pictures.ts'
import { tableFigures } from './tableFigures.ts'

/** What a model makes, as markup; one maker for each kind of example. */
export interface Figures {
  readonly reconstructions: Markup
  readonly samples: Markup
  readonly interpolations: Markup
  traversal(traversal: Traversal): Markup
  /** How to read each, in a sentence. */
  readonly words: Readonly<Record<'reconstructions' | 'samples' | 'interpolations' | 'traversals', string>>
}

/** `split` names the rows that the pictures start from. */
export function figuresOf(pictures: Pictures, split: string): Figures {
  const { medium } = pictures
  return medium.kind === 'image'
    ? imageFigures(pictures, medium, split)
    : tableFigures(pictures, medium, split)
}
