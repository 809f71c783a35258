import type { Evaluation } from '../../evaluate/evaluation.ts'
import { type Bar, barChart } from '../charts/bars.ts'
import { counted, fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { manifoldFigure } from '../image-figures.ts'
import type { ReportInput } from '../input.ts'
import { mapFigure } from '../map/figure.ts'
import { section } from './section.ts'

/** What each dimension of the code carries, and where data lie in it. */
export function codeSection({ evaluation, pictures }: ReportInput): Markup | undefined {
  const { klPerDimension } = evaluation
  const bars = klPerDimension ? html`<div>${klFigure(evaluation)}${levelFigure(evaluation)}</div>` : undefined
  const map = pictures?.map ? mapFigure(pictures.map) : undefined
  if (!bars && !map) return undefined
  const { manifold, medium } = pictures ?? {}
  const plane = manifold && medium?.kind === 'image' ? manifoldFigure(manifold, medium.range) : undefined
  return section(
    'code',
    'The code',
    [
      klPerDimension && 'A dimension is worth its KL: near zero it repeats the prior whatever the example.',
      map && 'The map shows where the encoder puts examples: the closer, the more alike to the model.',
    ]
      .filter(Boolean)
      .join(' '),
    plane
      ? html`<div class="halves figures stacked">${bars}</div><div class="halves figures">${map}${plane}</div>`
      : html`<div class="halves figures">${bars}${map}</div>`,
  )
}

function klFigure({ units, activeUnits }: Evaluation): Markup {
  const bars = units.map(
    ({ dimension, kl = 0, isActive }): Bar => ({
      name: `z${dimension}`,
      value: kl,
      tone: isActive ? 'active' : 'idle',
    }),
  )
  const idle = bars.length - activeUnits
  return html`<figure><figcaption>KL per dimension, nats</figcaption>${barChart({
    title: 'KL per dimension',
    description: `${counted(activeUnits, 'dimension')} active, ${idle} idle; the strongest is ${bars[0].name}.`,
    bars,
    heads: ['dimension', 'nats'],
  })}${idle > 0 ? html`<p class="legend"><span class="active">active</span><span class="idle">idle</span></p>` : undefined}</figure>`
}

/** Where codes are a hierarchy: what each of its levels carries, and where it lies in a code. */
function levelFigure({ levels }: Evaluation): Markup | undefined {
  if (!levels) return undefined
  const bars = levels.map(({ name, kl }): Bar => ({ name, value: kl, tone: 'active' }))
  const places = levels.map(({ name, size }, i) => {
    const first = levels.slice(0, i).reduce((sum, level) => sum + level.size, 0)
    return `${name} is ${size === 1 ? '' : `z${first} to `}z${first + size - 1}`
  })
  return html`<figure><figcaption>KL by level, nats</figcaption>${barChart({
    title: 'KL by level',
    description: levels.map(({ name, kl }) => `${name} ${fixed(kl)}`).join(', '),
    bars,
    heads: ['level', 'nats'],
  })}<p class="legend">${places.join(', ')}</p></figure>`
}
