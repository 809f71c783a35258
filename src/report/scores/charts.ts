import { type Axes, at, axesMarkup, axesOf, type Plot, type Point, svg } from '../charts/axes.ts'
import { lineChart } from '../charts/line.ts'
import { scatterChart } from '../charts/scatter.ts'
import { counted, short } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { DetectorEntry, ScoresPageInput } from './input.ts'

const PLOT: Plot = { width: 720, height: 260, left: 44, top: 22, right: 708, bottom: 212 }

/** How scores of rows are spread, those of held-out rows behind them, and the threshold. Heights are roots of shares. */
export function scoreChart({ bins, threshold, rows }: ScoresPageInput): Markup {
  const heldOut = bins.heldOut ?? []
  const heights = [sharesOf(bins.rows), sharesOf(heldOut)].map((shares) => shares.map(Math.sqrt))
  const axes = axesOf(PLOT, [bins.low, bins.high], [0, Math.max(...heights.flat(), 0.1)])
  const width = (PLOT.right - PLOT.left) / bins.rows.length
  const about = {
    title: 'Scores',
    description: `Scores of ${counted(rows, 'row')} from ${short(bins.low)} to ${short(bins.beyond ?? bins.high)}, as a histogram`,
    className: 'scores',
  }
  const contents = [
    axesMarkup(axes, { xLabel: 'score', rules: 0 }),
    html`<g>${heights[0].map((height, bin) => bar(axes, { bin, width, height, isOdd: isBeyond(bins, bin, threshold?.score) }))}</g>`,
    heldOut.length > 0 ? outline(axes, heights[1], width) : html``,
    threshold === undefined ? html`` : rule(axes, Math.min(threshold.score, bins.high)),
    bins.beyond === undefined
      ? html``
      : html`<text x="${PLOT.right}" y="${PLOT.top - 8}" text-anchor="end">the last bar: up to ${short(bins.beyond)}</text>`,
  ]
  return svg(PLOT, about, contents, {
    ...{ kind: 'bins', low: bins.low, high: bins.high },
    ...(bins.beyond !== undefined && { beyond: bins.beyond }),
    counts: { rows: bins.rows, ...(bins.heldOut && { 'held-out rows': bins.heldOut }) },
  })
}

const sharesOf = (counts: readonly number[]): number[] => {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => count / Math.max(total, 1))
}

/** Whether a bar stands for rows that score above the threshold. */
const isBeyond = ({ low, high, rows }: ScoresPageInput['bins'], bin: number, threshold = Number.NaN) =>
  low + ((bin + 0.5) / rows.length) * (high - low) > threshold

interface Bar {
  readonly bin: number
  readonly width: number
  readonly height: number
  readonly isOdd: boolean
}

function bar({ y }: Axes, { bin, width, height, isOdd }: Bar): Markup | undefined {
  if (height === 0) return undefined
  const top = Math.min(y(height), PLOT.bottom - 1.5)
  return html`<rect${isOdd ? html` class="odd"` : undefined} x="${at(PLOT.left + bin * width + 0.5)}" y="${at(top)}" width="${at(width - 1)}" height="${at(PLOT.bottom - top)}"/>`
}

/** Held-out rows as a stepped line. */
function outline({ y }: Axes, heights: readonly number[], width: number): Markup {
  const steps = heights.map((height, bin) => `L${at(PLOT.left + bin * width)} ${at(y(height))}h${at(width)}`)
  return html`<path class="held-out" d="M${PLOT.left} ${PLOT.bottom}${steps.join('')}V${PLOT.bottom}"/>`
}

const rule = ({ x }: Axes, score: number): Markup =>
  html`<line class="threshold" x1="${at(x(score))}" x2="${at(x(score))}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>`

/** Where found rows lie among the others in the plane of the code. */
export function foundMap({ map, rows, found }: NonNullable<ScoresPageInput['map']>): Markup {
  const { data } = map.points
  const points = rows.map((_, i): Point => [data[2 * i], data[2 * i + 1]])
  const usual = points.length - found
  const [x, y] = map.axes
  const members = rows.map((_, i) => i)
  return html`<figure><figcaption>Latent map</figcaption>${scatterChart({
    title: 'Latent map',
    description: `Codes of ${counted(points.length, 'row')} along ${x} and ${y}; the ${counted(found, 'most unusual row')} marked.`,
    xLabel: x,
    yLabel: y,
    sets: [
      { tone: 'idle', points: points.slice(0, usual), members: members.slice(0, usual) },
      { tone: 'found', points: points.slice(usual), members: members.slice(usual) },
    ].filter(({ points: own }) => own.length > 0),
    known: [
      { name: 'row', values: rows },
      { name: '', values: members.map((i) => (i < usual ? 'other' : 'found')) },
    ],
  })}<p class="legend dots"><span class="idle">other rows</span><span class="found">found</span></p></figure>`
}

/** ROC curves of the model and of other detectors on the same rows. */
export function rocChart(detectors: readonly DetectorEntry[]): Markup {
  const model = detectors.filter(({ isModel }) => isModel)
  const others = detectors.filter(({ isModel }) => !isModel)
  const series = [...others, ...model].map(({ name, isModel, curve }) => ({
    name,
    tone: isModel ? 'found' : 'idle',
    points: curve,
  }))
  return html`<figure><figcaption>Share of anomalies found</figcaption>${lineChart({
    title: 'ROC curves',
    description: detectors.map(({ name, rocAuc }) => `${name}: area ${rocAuc.toFixed(3)}`).join('; '),
    xLabel: 'share of normal rows flagged',
    series,
    reach: [0, 1],
  })}<p class="legend"><span class="found">this model</span><span class="idle">other detectors</span></p></figure>`
}
