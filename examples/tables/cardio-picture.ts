/** The picture of cardio.md: scores of both classes with the threshold, and what made the ten strangest rows strange. */
import { type Found, type ScoredRow, strangest } from './strange-rows.ts'
import { fixed, scale, text, ticks } from './svg.ts'

const [WIDTH, LEFT, RIGHT] = [860, 70, 24]
const [CHART_TOP, CHART_HEIGHT, BINS] = [64, 200, 50]
const [GRID_TOP, CELL_HEIGHT, ROWS] = [384, 24, 10]
const HEIGHT = GRID_TOP + ROWS * CELL_HEIGHT + 112
const tones = { normal: '#8a9096', strange: '#ae6000', threshold: '#188afc' } as const

/** An SVG document. */
export function picture(found: Found): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#222">
<title>Anomalies in cardio: scores of both classes, and the cells of the ten strangest rows</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${histograms(found)}
${grid(found)}
</svg>
`
}

function histograms({ rows, threshold }: Found): string {
  const scores = rows.map(({ score }) => score)
  const range = [Math.min(...scores), Math.max(...scores)] as const
  const across = scale(range, [LEFT, WIDTH - RIGHT])
  const counts = { normal: countsOf(rows, false, range), strange: countsOf(rows, true, range) }
  const most = Math.max(...counts.normal, ...counts.strange)
  const up = scale([0, most], [CHART_TOP + CHART_HEIGHT, CHART_TOP])
  const drawn = (['normal', 'strange'] as const).map((name) => outline(counts[name], up, tones[name]))
  const legend = (['normal', 'strange'] as const).map((name, at) => {
    const x = WIDTH - RIGHT - 290 + 150 * at
    const count = rows.filter(({ strange }) => strange === (name === 'strange')).length
    return `<rect x="${x}" y="${CHART_TOP + 6}" width="12" height="12" fill="${tones[name]}" fill-opacity=".4" stroke="${tones[name]}"/>${text(x + 18, CHART_TOP + 16, `${name}, ${count} rows`)}`
  })
  const line = fixed(across(threshold))
  const bottom = CHART_TOP + CHART_HEIGHT
  return `${text(LEFT, 24, 'Scores of normal and of strange rows', 'font-size="15" font-weight="600"')}
${text(LEFT, 44, 'bars: share of the rows of their class', 'fill="#666"')}
${drawn.join('\n')}
<path d="M${LEFT} ${bottom}H${WIDTH - RIGHT}" stroke="#999"/>
<path d="M${line} ${CHART_TOP}V${bottom}" stroke="${tones.threshold}" stroke-width="2" stroke-dasharray="5 4"/>
${text(line, CHART_TOP - 6, `threshold ${threshold.toFixed(1)}`, `text-anchor="middle" fill="${tones.threshold}"`)}
${legend.join('\n')}
${ticks(range)
  .map((tick) => text(fixed(across(tick)), bottom + 18, String(tick), 'text-anchor="middle" fill="#666"'))
  .join('\n')}
${ticks([0, most])
  .map((tick) =>
    text(LEFT - 8, fixed(up(tick) + 4), `${Math.round(100 * tick)}%`, 'text-anchor="end" fill="#666"'),
  )
  .join('\n')}
${text((LEFT + WIDTH - RIGHT) / 2, bottom + 38, 'score in nats', 'text-anchor="middle" fill="#666"')}`
}

/** Shares of the rows of a class by score. */
function countsOf(rows: readonly ScoredRow[], strange: boolean, [low, high]: readonly [number, number]) {
  const own = rows.filter((row) => row.strange === strange)
  const counts = new Array<number>(BINS).fill(0)
  for (const { score } of own)
    counts[Math.min(BINS - 1, Math.floor(((score - low) / (high - low)) * BINS))] += 1 / own.length
  return counts
}

function outline(counts: readonly number[], up: (share: number) => number, tone: string): string {
  const width = (WIDTH - RIGHT - LEFT) / counts.length
  const steps = counts.map((share, at) => `V${fixed(up(share))}H${fixed(LEFT + (at + 1) * width)}`)
  return `<path d="M${LEFT} ${up(0)}${steps.join('')}V${up(0)}Z" fill="${tone}" fill-opacity=".3" stroke="${tone}"/>`
}

function grid(found: Found): string {
  const rows = strangest(found, ROWS)
  const most = Math.max(...rows.map(({ causes: [first] }) => first.nats))
  const side = (WIDTH - RIGHT - 104 - LEFT) / found.columns.length
  const lines = rows.map(({ row, strange, score, causes }, at) => {
    const y = GRID_TOP + at * CELL_HEIGHT
    const own = new Map(causes.map(({ column, nats }) => [column, nats]))
    const cells = found.columns.map((column, j) => {
      const nats = own.get(column) ?? 0
      // Nats of one row lie orders of magnitude apart.
      const shade = Math.log1p(Math.max(0, nats)) / Math.log1p(most)
      const x = fixed(LEFT + j * side)
      const number =
        nats >= 5
          ? text(
              fixed(LEFT + (j + 0.5) * side),
              y + 16,
              nats.toFixed(0),
              `text-anchor="middle" font-size="11" fill="${shade > 0.7 ? '#fff' : '#222'}"`,
            )
          : ''
      return `<rect x="${x}" y="${y}" width="${fixed(side - 1)}" height="${CELL_HEIGHT - 1}" fill="${tones.strange}" fill-opacity="${shade.toFixed(2)}" stroke="#eee"><title>row ${row}, ${column}: ${nats.toFixed(1)} nats</title></rect>${number}`
    })
    const end = `${score.toFixed(1)} nats, ${strange ? 'strange' : 'normal'}`
    return `${text(LEFT - 8, y + 16, `row ${row}`, 'text-anchor="end"')}${cells.join('')}${text(WIDTH - RIGHT - 98, y + 16, end, 'font-size="11"')}`
  })
  const bottom = GRID_TOP + ROWS * CELL_HEIGHT
  const names = found.columns.map((column, j) => {
    const x = fixed(LEFT + (j + 0.5) * side + 4)
    return text(
      x,
      bottom + 10,
      column,
      `text-anchor="end" transform="rotate(-60 ${x} ${bottom + 10})" fill="#666"`,
    )
  })
  return `${text(LEFT, GRID_TOP - 32, 'The ten strangest rows, and what speaks against each cell', 'font-size="15" font-weight="600"')}
${text(LEFT, GRID_TOP - 12, 'numbers: nats, from 5 on; at the end the score of the row, and what its label says', 'fill="#666"')}
${lines.join('\n')}
${names.join('\n')}`
}
