/**
 * How often a promised rate of false alarms is met on autoregressive series: one model, and again and again a fresh series
 * that is held out to compare with and a fresh one that is judged.
 *
 *     node scripts/series-false-alarms.ts [repetitions]     200 by default
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calibrationOf, type OpenedTableRun, openTableRun, pValue } from '../src/inside.node.ts'
import { clusterSize } from '../src/statistics/series/cluster-size.ts'
import { autoregression, csvOfRows } from '../test/time/autoregression.ts'

const RATE = 0.01
const TRAINED = 4000
const HELD_OUT = 1000
const FRESH = 1000
const CLI = join(import.meta.dirname, '../src/apps/cli/main.ts')
const repetitions = Number(process.argv[2] ?? 200)
const folder = mkdtempSync(join(tmpdir(), 'series-false-alarms-'))

async function scores(
  run: OpenedTableRun,
  rows: number,
  seed: number,
  isLive: boolean,
): Promise<Float64Array> {
  const file = join(folder, 'rows.csv')
  writeFileSync(file, csvOfRows(autoregression(rows, seed)))
  const live = isLive ? await run.table.live?.() : undefined
  const all: number[] = []
  for await (const { scores } of run.scored(await run.open(file), AbortSignal.timeout(600_000), live))
    all.push(...scores.score)
  return Float64Array.from(all)
}

async function realised(run: OpenedTableRun, isLive: boolean): Promise<void> {
  const [rates, alone, blocks]: number[][] = [[], [], []]
  for (let at = 0; at < repetitions; at++) {
    const held = await scores(run, HELD_OUT, 1000 + 2 * at, isLive)
    const fresh = await scores(run, FRESH, 1001 + 2 * at, isLive)
    const block = clusterSize([held])
    const share = (calibration: ReturnType<typeof calibrationOf>) =>
      fresh.filter((score) => pValue(calibration, score) <= RATE).length / FRESH
    rates.push(share(calibrationOf(held, block)))
    alone.push(share(calibrationOf(held)))
    blocks.push(block)
  }
  const mean = (all: readonly number[]) => all.reduce((sum, own) => sum + own / all.length, 0)
  const block = mean(blocks)
  const band = 1.96 * Math.sqrt((RATE * (1 - RATE) * block) / (repetitions * FRESH))
  const spread = Math.sqrt(mean(rates.map((own) => (own - mean(rates)) ** 2)) / repetitions)
  console.log(
    `${isLive ? 'as they come' : 'from both sides'}: realised ${mean(rates).toFixed(4)} ± ${(1.96 * spread).toFixed(4)} of ${RATE} promised, block-wise band ±${band.toFixed(4)}, blocks of ${block.toFixed(2)} rows; without blocks ${mean(alone).toFixed(4)}`,
  )
}

try {
  writeFileSync(join(folder, 'train.csv'), csvOfRows(autoregression(TRAINED, 1)))
  const words = 'train train.csv --order time --window 24 --steps 200 --out run'
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...words.split(' ')], {
    cwd: folder,
  })
  using run = await openTableRun(join(folder, 'run'))
  for (const isLive of [true, false]) await realised(run, isLive)
} finally {
  rmSync(folder, { recursive: true })
}
