import { rangeOf } from '../../base/math/sums.ts'
import type { Frontier } from '../../sweep/frontier.ts'
import type { FrontierPoint } from '../../sweep/point.ts'
import { type Axes, at, axesOf, horizontalRules, type Plot, type Point, svg } from '../charts/axes.ts'
import { padded, ticksOf, tickText } from '../charts/scale.ts'
import { fixed, short } from '../format.ts'
import type { Range } from '../grid.ts'
import { html, type Markup } from '../html.ts'

const plot: Plot = { width: 760, height: 446, left: 52, top: 24, right: 748, bottom: 372 }
/** Labels this near, in units of the picture, would lie on each other. */
const CROWDED = 34

/** Rules of the chart, after those of all charts. */
export const frontierStyle = `
.frontier text{font-size:10px}
.frontier .beta{fill:var(--ink);font-weight:600}
.frontier .chord{stroke:var(--muted);stroke-dasharray:4 4}
.frontier .path{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round}
.frontier .mean{fill:var(--accent)}
.frontier .member{fill:var(--accent);opacity:.35}
.frontier .knee{fill:none;stroke:var(--second);stroke-width:2.5}
.frontier .gap{stroke:var(--second);stroke-width:1.4;stroke-dasharray:2 3}
.frontier .beta.chosen{fill:var(--second)}
@media screen and (max-width:640px){.frontier text{font-size:20px}}
`

/** Rate against distortion: a dot for every member, a line through the means of each β, and its knee. */
export function frontierChart({ points, members, suggestion }: Frontier): Markup {
  const axes = axesOf(
    plot,
    extent(members.map(({ rate }) => rate)),
    extent(members.map(({ distortion }) => distortion)),
  )
  const placed = points.map((point) => [axes.x(point.rate.mean), axes.y(point.distortion.mean)] as const)
  const knee = points.findIndex(({ beta }) => beta === suggestion.beta?.value)
  return svg(
    plot,
    {
      title: 'Rate and distortion',
      description: `Distortion in nats against rate in nats, for β ${points.map(({ beta }) => beta).join(', ')}; the table By β has the numbers.`,
      className: 'frontier',
    },
    [
      axesOfRate(axes),
      ...(knee >= 0 ? [chord(placed, placed[knee])] : []),
      html`<path class="path" d="M${placed.map(([x, y]) => `${at(x)} ${at(y)}`).join('L')}"/>`,
      ...(members.length > points.length
        ? members.map((member) => dot('member', axes.x(member.rate), axes.y(member.distortion), 3))
        : []),
      ...points.map((point, i) => dot('mean', placed[i][0], placed[i][1], 4.5, noteOf(point))),
      ...(knee >= 0 ? [dot('knee', placed[knee][0], placed[knee][1], 9)] : []),
      ...labels(points, placed, knee),
    ],
  )
}

const extent = (values: readonly number[]): Range => padded(rangeOf(values), 0.07)

const dot = (className: string, x: number, y: number, radius: number, note?: string): Markup =>
  html`<circle class="${className}" cx="${at(x)}" cy="${at(y)}" r="${radius}">${note === undefined ? undefined : html`<title>${note}</title>`}</circle>`

/** Distortion to the left; below, the rate in nats and again in bits. */
function axesOfRate(axes: Axes): Markup {
  const { xDomain, yDomain, x } = axes
  const nats = ticksOf(xDomain, 7)
  const bits = ticksOf([xDomain[0] / Math.LN2, xDomain[1] / Math.LN2], 7)
  const row = (values: readonly number[], step: number, toNats: number, below: number, unit: string) =>
    html`<text x="${plot.left - 8}" y="${plot.bottom + below}" text-anchor="end">${unit}</text>${values.map(
      (value) =>
        html`<text x="${at(x(value * toNats))}" y="${plot.bottom + below}" text-anchor="middle">${tickText(value, step)}</text>`,
    )}`
  return html`<g class="axes">${horizontalRules(axes, ticksOf(yDomain, 8))}${row(nats.values, nats.step, 1, 20, 'nats')}${row(bits.values, bits.step, Math.LN2, 40, 'bits')}<text class="axis-name" x="${plot.right}" y="${plot.bottom + 64}" text-anchor="end">rate, KL(q(z|x) ‖ p(z))</text><text class="axis-name" x="0" y="11">distortion, −log p(x|z), nats</text></g>`
}

/** The line between the frontier's ends, and how far the knee lies below it. */
function chord(placed: readonly Point[], [x, y]: Point): Markup {
  const across = placed.map(([px]) => px)
  const down = placed.map(([, py]) => py)
  const [left, right, top, bottom] = [
    Math.min(...across),
    Math.max(...across),
    Math.min(...down),
    Math.max(...down),
  ]
  // Square to the line on axes scaled to 0 … 1: half of the depth along each.
  const half = (1 - (bottom - y) / (bottom - top) - (x - left) / (right - left)) / 2
  const foot = { x: x + half * (right - left), y: y + half * (top - bottom) }
  return html`<line class="chord" x1="${at(left)}" y1="${at(top)}" x2="${at(right)}" y2="${at(bottom)}"/><line class="gap" x1="${at(x)}" y1="${at(y)}" x2="${at(foot.x)}" y2="${at(foot.y)}"/>`
}

/** The β of each point below it on the left, where no model can be; of points that crowd, every other above. */
function labels(points: readonly FrontierPoint[], placed: readonly Point[], knee: number): Markup[] {
  let isAbove = false
  return points.map(({ beta }, i) => {
    const [x, y] = placed[i]
    const before = placed[i - 1]
    isAbove = before !== undefined && !isAbove && Math.hypot(before[0] - x, before[1] - y) < CROWDED
    const [dx, dy] = isAbove ? [9, -9] : i === knee ? [-12, 21] : [-8, 17]
    return html`<text class="beta${i === knee ? ' chosen' : ''}" x="${at(x + dx)}" y="${at(y + dy)}" text-anchor="${isAbove ? 'start' : 'end'}">β = ${short(beta)}</text>`
  })
}

const noteOf = ({ beta, rate, rateBits, distortion }: FrontierPoint): string =>
  `β ${short(beta)}: rate ${fixed(rate.mean)} nats (${fixed(rateBits)} bits), distortion ${fixed(distortion.mean)}`
