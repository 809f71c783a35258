/**
 * Planted faults in series: which of them are among the oddest stretches, and how well rows are told beside detectors of
 * PyOD on the same windows and what a seasonal guess leaves.
 *
 *     node scripts/series-odds.ts [seed …]     five seeds by default; needs PyOD in $BETAVAE_PYTHON
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { averagePrecision } from '../src/inside.node.ts'
import { COLUMNS, csvOf, DAY, type Fault, faultySeries } from '../test/time/series.ts'
import { oddStretches } from '../test/time/stretches.ts'

const ROWS = 2400
const MOST = 20
const WINDOW = 24
const SEEDS = [20101, 20102, 20103, 20104, 20105]
const CLI = join(import.meta.dirname, '../src/apps/cli/main.ts')

interface Scored {
  readonly scores: number[]
  readonly columns: string[]
}

function scoredBy(folder: string, table: string): Scored {
  const cli = (...words: string[]) =>
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...words], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  cli('train', table, '--order', 'time', '--window', String(WINDOW), '--out', 'run')
  cli('score', 'run', table, '--out', 'scores.csv')
  const [head, ...lines] = readFileSync(join(folder, 'scores.csv'), 'utf8').trimEnd().split('\n')
  const names = head.split(',')
  const cells = lines.map((line) => line.split(','))
  return {
    scores: cells.map((row) => Number(row[names.indexOf('score')])),
    columns: cells.map((row) => row[names.indexOf('column')]),
  }
}

const isFound = ({ scores, columns }: Scored, { from, to, columns: faulty }: Fault): boolean =>
  oddStretches(scores, MOST).some(
    ({ row }) => row >= from && row < to && faulty.some((name) => name === columns[row]),
  )

function contest(seed: number): Record<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'series-odds-'))
  try {
    const { rows, faults } = faultySeries(ROWS, seed)
    writeFileSync(join(folder, 'series.csv'), csvOf(rows))
    const own = scoredBy(folder, 'series.csv')
    const labels = rows.map((_, row) => (faults.some(({ from, to }) => row >= from && row < to) ? 1 : 0))
    const lost = faults.filter((fault) => !isFound(own, fault))
    const words = lost.map(({ kind, columns, from }) => `${kind} of ${columns} from ${from}`)
    console.log(
      `seed ${seed}: ${faults.length - lost.length} of ${faults.length} faults${words.length > 0 ? `; not ${words.join(', ')}` : ''}`,
    )
    const python = process.env.BETAVAE_PYTHON ?? 'python3'
    const script = join(import.meta.dirname, 'series_odds.py')
    const asked = JSON.stringify({ rows, window: WINDOW, season: DAY })
    const said = execFileSync(python, [script], {
      input: asked,
      maxBuffer: 2 ** 28,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const others: Record<string, number[]> = JSON.parse(String(said))
    return Object.fromEntries(
      [['betavae', own.scores] as const, ...Object.entries(others)].map(([name, scores]) => [
        name,
        averagePrecision(Float64Array.from(scores), labels),
      ]),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const seeds = process.argv.slice(2).map(Number)
const all = (seeds.length > 0 ? seeds : SEEDS).map(contest)
console.log(`\nmean average precision of rows, ${COLUMNS.length} columns, windows of ${WINDOW} rows`)
const means = Object.keys(all[0]).map(
  (name) => [name, all.reduce((sum, own) => sum + own[name] / all.length, 0)] as const,
)
for (const [name, mean] of means.toSorted((a, b) => b[1] - a[1]))
  console.log(`${name.padEnd(24)} ${mean.toFixed(3)}`)
