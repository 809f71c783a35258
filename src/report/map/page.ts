import type { NDArray } from '../../base/arrays.ts'
import { htmlDocument } from '../document.ts'
import { counted } from '../format.ts'
import type { Range } from '../grid.ts'
import { html, type Markup } from '../html.ts'
import { manifoldFigure } from '../image-figures.ts'
import { mapFigure } from './figure.ts'
import type { LatentMap } from './latent-map.ts'

/** What a page about a map shows. */
export interface MapPage {
  readonly map: LatentMap
  readonly title: string
  /** Row number of each point. */
  readonly rows: ArrayLike<number>
  /** What a code of two dimensions decodes to, and what is black and white. */
  readonly manifold?: { readonly images: NDArray; readonly range: Range }
}

const ownStyle = `
.map{max-width:760px;margin-top:36px}
.map.pair{max-width:none}
.map .scatter{max-width:none}
.map.pair figure{max-width:540px}
`

/** A map as one HTML document that opens offline; the point nearest to the pointer says which row it is. */
export function mapPage({ map, title, rows, manifold }: MapPage): string {
  const { coloring, points } = map
  const lead = `${counted(points.shape[0], 'example')} where the encoder puts ${points.shape[0] === 1 ? 'it' : 'them'}: the means of their posteriors${coloring ? `, colored by ${coloring.name}` : ''}.`
  const grid: Markup | undefined = manifold && manifoldFigure(manifold.images, manifold.range)
  return htmlDocument({
    title: `${title} · betavae map`,
    ownStyle,
    body: html`<header class="top"><p class="overline">betavae map</p><h1>${title}</h1><p class="lede">${lead}</p></header><div class="map${grid ? ' pair halves' : ''}">${mapFigure(map, rows)}${grid}</div>`,
  })
}
