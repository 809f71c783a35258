import { takeRows } from '../../base/arrays.ts'
import type { ByCondition } from '../by-condition.ts'
import { counted } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { imageRow } from '../image-figures.ts'
import type { Pictures } from '../pictures.ts'
import { rowPanels } from '../table-figures.ts'
import { section } from './section.ts'

/** What the model makes under each level of what it is given: samples, and examples that become another. */
export function conditionSection({ byCondition: by, medium, samplesFrom }: Pictures): Markup | undefined {
  if (!by) return undefined
  const figures = medium.kind === 'image' ? imagesOf(by, medium.range) : rowPanels(by, medium)
  const from = samplesFrom === 'prior' ? 'the prior' : 'Gaussians fitted to those of the data'
  const left = by.left > 0 ? ` Of ${counted(by.left, 'more level')} nothing is shown.` : ''
  return section(
    'by-condition',
    `By ${by.name}`,
    `Codes drawn from ${from} and decoded under each ${by.name}; then examples whose code keeps its place in the prior while the model is told another ${by.name}.${left}`,
    figures,
  )
}

function imagesOf(by: ByCondition, range: readonly [number, number]): Markup {
  const { name, levels, samples, draws, changed } = by
  const row = (label: string, picture: Markup) =>
    html`<li><p class="dimension"><b>${label}</b></p>${picture}</li>`
  const drawn = levels.map((level, at) => {
    const own = takeRows(
      samples,
      Array.from({ length: draws }, (_, draw) => at * draws + draw),
    )
    return row(String(level), imageRow(own, range, `samples of ${name} ${level}`))
  })
  const told = changed.map(({ original, own, rows }) =>
    row(
      own,
      html`<div class="changed" style="grid-template-columns:minmax(0,1fr) minmax(0,${levels.length}fr)">${imageRow(original, range, `an example of ${name} ${own}`)}${imageRow(rows, range, `the same code under ${name} ${levels.join(', ')}`)}</div>`,
    ),
  )
  return html`<figure><figcaption>Samples of each ${name}</figcaption><ol class="levels">${drawn}</ol></figure>
<figure><figcaption>One code under each ${name}: ${levels.join(', ')}</figcaption><ol class="levels">${told}</ol></figure>`
}
