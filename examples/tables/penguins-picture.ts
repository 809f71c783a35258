/** The picture of penguins.md: hidden numbers against what the model fills in, and the errors of each way. */
import { type errorsOf, type Filled, type Trial, ways } from './hidden-cells.ts'
import { fixed, scale, text, ticks } from './svg.ts'

type Errors = ReturnType<typeof errorsOf>

const [SIDE, GAP, LEFT, TOP] = [190, 62, 58, 64]
const WIDTH = LEFT + 4 * SIDE + 3 * GAP + 24
const CHARTS = TOP + SIDE + 100
const tones = { model: '#188afc', neighbors: '#ae6000', average: '#8a9096' } as const
const names = { model: 'betavae', neighbors: '5 nearest rows', average: 'mean or mode' } as const

/** An SVG document of one trial's numbers and of all trials' errors. */
export function picture(trial: Trial, errors: Errors): string {
  const numbers = trial.columns.filter((_, at) => trial.rows.some((row) => typeof row[at] === 'number'))
  const height = CHARTS + 28 * errors.length + 62
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#222">
<title>Gaps in penguins: hidden cells and what was filled in</title>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
${text(LEFT, 24, 'Hidden numbers (across) and what the model fills in (up), with its 90% interval', 'font-size="15" font-weight="600"')}
${numbers.map((column, at) => panel(column, trial.filled, LEFT + at * (SIDE + GAP))).join('\n')}
${errorChart(errors)}
</svg>
`
}

function panel(column: string, filled: readonly Filled[], left: number): string {
  const cells = filled.filter((cell) => cell.column === column)
  const all = cells.flatMap(({ truth, model, between }) => [Number(truth), Number(model), ...(between ?? [])])
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const across = scale([low, high], [left + 6, left + SIDE - 6])
  const up = scale([low, high], [TOP + SIDE - 6, TOP + 6])
  const marks = cells.map(({ truth, model, between = [0, 0] }) => {
    const x = fixed(across(Number(truth)))
    return `<path d="M${x} ${fixed(up(between[0]))}V${fixed(up(between[1]))}" stroke="${tones.model}" stroke-opacity=".35" stroke-width="2"/><circle cx="${x}" cy="${fixed(up(Number(model)))}" r="3" fill="${tones.model}"/>`
  })
  return `<rect x="${left}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#ccc"/>
<path d="M${fixed(across(low))} ${fixed(up(low))}L${fixed(across(high))} ${fixed(up(high))}" stroke="#999" stroke-dasharray="3 3"/>
${marks.join('\n')}
${text(left + SIDE / 2, TOP - 10, column, 'text-anchor="middle" font-weight="600"')}
${ticks([low, high])
  .map(
    (tick) =>
      text(fixed(across(tick)), TOP + SIDE + 16, String(tick), 'text-anchor="middle" fill="#666"') +
      text(left - 6, fixed(up(tick) + 4), String(tick), 'text-anchor="end" fill="#666"'),
  )
  .join('\n')}`
}

function errorChart(errors: Errors): string {
  const [from, to] = [LEFT + 150, WIDTH - 40]
  const most = Math.ceil(10 * Math.max(...errors.flatMap(({ errors: own }) => Object.values(own)))) / 10
  const across = scale([0, most], [from, to])
  const rows = errors.map(({ column, errors: own }, at) => {
    const y = CHARTS + 20 + 28 * at
    const dots = ways.map(
      (way) => `<circle cx="${fixed(across(own[way]))}" cy="${y}" r="6" fill="${tones[way]}"/>`,
    )
    return `${text(from - 12, y + 4, column, 'text-anchor="end"')}<path d="M${from} ${y}H${to}" stroke="#ddd"/>${dots.join('')}`
  })
  const bottom = CHARTS + 20 + 28 * errors.length
  const legend = ways
    .toReversed()
    .map(
      (way, at) =>
        `<circle cx="${WIDTH - 386 + 130 * at}" cy="${CHARTS - 16}" r="6" fill="${tones[way]}"/>${text(WIDTH - 374 + 130 * at, CHARTS - 12, names[way])}`,
    )
  const axis = ticks([0, most]).map((tick) =>
    text(fixed(across(tick)), bottom + 4, String(tick), 'text-anchor="middle" fill="#666"'),
  )
  return `${text(LEFT, CHARTS - 12, 'Error of what is filled in: smaller is better', 'font-size="15" font-weight="600"')}
${legend.join('\n')}
${rows.join('\n')}
${axis.join('\n')}
${text((from + to) / 2, bottom + 24, 'numbers: root mean squared error in standard deviations; words: share filled in wrongly', 'text-anchor="middle" fill="#666"')}`
}
