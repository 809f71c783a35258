import type { Figures } from '../figures.ts'
import { counted, short } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { imageFigures } from '../image-figures.ts'
import type { ReportInput } from '../input.ts'
import type { Pictures } from '../pictures.ts'
import { tableFigures } from '../table-figures.ts'
import { conditionSection } from './by-condition.ts'
import { section } from './section.ts'

/** Traversals beyond this are folded away. */
const MOST_OPEN = 24

/** What the model makes: reconstructions, samples, interpolations and traversals. */
export function madeSections({ pictures, evaluation }: ReportInput): (Markup | undefined)[] {
  if (!pictures) return []
  const figures = figuresOf(pictures, evaluation.split)
  const { words } = figures
  return [
    section('reconstructions', 'Reconstructions', words.reconstructions, figures.reconstructions),
    html`<div class="${pictures.medium.kind === 'image' ? 'halves' : ''}">${section('samples', 'Samples', sampleWords(pictures, words.samples), figures.samples)}${
      pictures.interpolations.length > 0
        ? section(
            'interpolations',
            'Interpolations',
            words.interpolations,
            html`<div class="rows">${figures.interpolations}</div>`,
          )
        : undefined
    }</div>`,
    conditionSection(pictures),
    traversalSection(pictures, figures, evaluation.klPerDimension?.length),
  ]
}

/** `split` names the rows that the pictures start from. */
function figuresOf(pictures: Pictures, split: string): Figures {
  const { medium } = pictures
  return medium.kind === 'image'
    ? imageFigures(pictures, medium, split)
    : tableFigures(pictures, medium, split)
}

const sampleWords = ({ samplesFrom }: Pictures, each: string): string => {
  if (samplesFrom === 'prior') return `Codes drawn from the prior and decoded: ${each}.`
  if (samplesFrom === 'gmm')
    return `Nothing held the codes to a prior, so they are drawn from Gaussians fitted to those of the data: ${each}.`
  return `Codes drawn by the sampler “${samplesFrom}” and decoded: ${each}.`
}

function traversalSection(pictures: Pictures, figures: Figures, latent?: number): Markup {
  const { traversals, positions } = pictures
  const all = traversals.map(
    (traversal) =>
      html`<li><p class="dimension"><b>z${traversal.dimension}</b>${traversal.kl === undefined ? html` <span>sd ${short(traversal.deviation)}</span>` : undefined}</p>${figures.traversal(traversal)}</li>`,
  )
  const folded = all.slice(MOST_OPEN)
  const list = (items: readonly Markup[]) =>
    html`<ol class="traversals ${pictures.medium.kind}"${pictures.medium.kind === 'table' ? html` data-csv="Traversals"` : undefined}>${items}</ol>`
  return section(
    'traversals',
    'Traversals',
    traversalWords(pictures, figures.words.traversals, positions[positions.length - 1], latent !== undefined),
    html`${list(all.slice(0, MOST_OPEN))}${folded.length > 0 ? html`<details><summary>${counted(folded.length, 'weaker dimension')}</summary>${list(folded)}</details>` : undefined}`,
  )
}

function traversalWords({ traversals }: Pictures, each: string, reach: number, hasKl: boolean): string {
  if (traversals.length === 0) return 'No dimension of the code changes with the example: nothing to show.'
  return !hasKl
    ? `${each} from −${reach} to ${reach} standard deviations of its codes, the others held at their mean; widest first.`
    : `${each} from −${reach} to ${reach}, the others held at 0; active ones alone, highest KL first.`
}
