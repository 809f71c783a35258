import { shownUnits, type Unit } from '../../infer/units.ts'
import { fixed, wholeNumber } from '../format.ts'
import { html, type Markup, trusted } from '../html.ts'
import { legendMarkup } from '../map/figure.ts'
import { CONTENTS_ID, type Contents, type Plane, REACH } from './contents.ts'

/** What is told of a dimension beside its slider. */
type Slider = Pick<Unit, 'dimension' | 'kl' | 'isActive'>

/** What stands in an explorer page, its contents as JSON at the end. */
export function explorerBody(
  title: string,
  contents: Contents,
  units: readonly Slider[] = widestFirst(contents),
): Markup {
  return html`<header class="top"><p class="overline">betavae explorer</p><h1>${title}</h1><p class="lede">${lead(contents)}</p></header>
<noscript><p class="notices">The decoder runs in this page: it needs JavaScript, and nothing else.</p></noscript>
<div class="explorer"><div class="seen">${decodedFigure(contents)}<p class="buttons"><button type="button" id="draw">Draw at random</button><button type="button" id="reset">Back to the mean</button></p></div>
${sliderList(units)}${contents.plane && units.length > 1 ? planeFigure(units, contents.plane) : undefined}</div>
<script type="application/json" id="${CONTENTS_ID}">${trusted(scriptSafe(contents))}</script>`
}

/** JSON in which nothing ends the element it stands in, or begins a comment. */
const scriptSafe = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

function lead({ center, exampleShape, range }: Contents): string {
  const numbers = exampleShape.reduce((a, b) => a * b, 1)
  const made = range ? `a picture of ${exampleShape.slice(1).toReversed().join(' × ')} pixels` : 'a row'
  return `A trained decoder turns ${wholeNumber(center.length)} ${center.length === 1 ? 'number' : 'numbers'}, the code, into ${made}${range || numbers === 1 ? '' : ' of data'}. Move the code and see what changes. Everything is in this file: it opens without a network and sends nothing.`
}

function decodedFigure({ range, columns = [], exampleShape: [, height, width] }: Contents): Markup {
  if (range)
    return html`<figure><figcaption>What the code decodes to</figcaption><canvas id="picture" class="${Math.max(height, width) > 96 ? 'smooth' : 'crisp'}" role="img" aria-label="The decoded picture"></canvas></figure>`
  return html`<figure><figcaption>What the code decodes to</figcaption><div class="cells" role="region" aria-label="Decoded row" tabindex="0"><table><thead><tr><th scope="col">column</th><th scope="col">now</th><th scope="col">at the mean</th></tr></thead><tbody id="cells">${columns.map(
    (name) => html`<tr><th scope="row">${name}</th><td></td><td></td></tr>`,
  )}</tbody></table></div></figure>`
}

/** All dimensions by the spread of codes, where nobody knows which are active. */
const widestFirst = ({ step }: Contents): Slider[] =>
  step
    .map((_, dimension) => ({ dimension, isActive: true }))
    .sort((a, b) => step[b.dimension] - step[a.dimension])

function sliderList(units: readonly Slider[]): Markup {
  const shown = shownUnits(units)
  const rest = units.filter((unit) => !shown.includes(unit))
  const list = (some: readonly Slider[]) => html`<ol class="sliders">${some.map(slider)}</ol>`
  return html`<section class="code" aria-label="The code"><header><h2>The code</h2><p class="lead">${shown[0]?.kl === undefined ? 'Widest dimension first' : 'The dimension that carries most first'}; each slider goes ${REACH} standard deviations either way.</p></header>${list(shown)}${
    rest.length > 0
      ? html`<details><summary>${wholeNumber(rest.length)} more that ${rest.length === 1 ? 'carries' : 'carry'} almost nothing</summary>${list(rest)}</details>`
      : undefined
  }</section>`
}

const nameOf = (dimension: number): string => `z${dimension}`

const slider = ({ dimension, kl }: Slider): Markup => {
  const name = nameOf(dimension)
  const note = kl === undefined ? undefined : `${fixed(kl)} nats`
  return html`<li><label for="${name}"><b>${name}</b> ${note && html`<span>${note}</span>`}</label><input type="range" id="${name}" data-dimension="${dimension}" min="${-REACH}" max="${REACH}" step="0.02" value="0"><output for="${name}"></output></li>`
}

function planeFigure(units: readonly Slider[], { legend }: Plane): Markup {
  const choice = (id: string, label: string, chosen: number) =>
    html`<label>${label} <select id="${id}">${units.map(
      ({ dimension }, i) =>
        html`<option value="${dimension}"${i === chosen ? trusted(' selected') : undefined}>${nameOf(dimension)}</option>`,
    )}</select></label>`
  return html`<figure class="where" id="where"><figcaption>Where examples lie</figcaption><div class="axes-choice">${choice('across', 'Across', 0)}${choice('up', 'Up', 1)}</div><canvas id="plane" tabindex="0" role="application" aria-label="Plane of two dimensions of the code: arrow keys move in it, with Shift faster"></canvas><p class="note">Each dot is the code of an example. Click or drag to go there in these two dimensions; the others stay.</p>${legend && legendMarkup(legend)}</figure>`
}
