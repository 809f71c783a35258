import type { Trained } from '../../recipe/trained.ts'
import { htmlDocument } from '../document.ts'
import { explorerBody } from './body.ts'
import { contentsOf } from './gather.ts'
import type { ExplorerOptions } from './options.ts'
import player from './player.packed.ts'
import { explorerStyle } from './style.ts'

/** The document of an explorer; what decodes rows is loaded for models of tables alone. */
export async function composed(trained: Trained, options: ExplorerOptions): Promise<string> {
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
