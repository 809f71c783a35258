/**
 * `npm run bench [-- --quick] [--workload NAME] [--only CONTESTANT] [--threads N]`: contestants run by turns,
 * medians go to results.json and from there into docs/speed.md and README. A quick run, or one of some contestants only, is for
 * looking at: it leaves the record alone.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fail } from '../src/base/errors.ts'
import { who } from './contestants/index.ts'
import type { Race } from './race/contest.ts'
import { paces, race } from './race/race.ts'
import { record } from './results/record.ts'
import { type Result, resultsOf } from './results/result.ts'
import { verdicts } from './results/verdicts.ts'
import { writeTables } from './table.ts'
import { workloadsOn } from './workloads/index.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    workload: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  },
})
const workloads = workloadsOn(Number(options.threads))
const isForTheRecord = !options.quick && options.only === undefined

function checkNames(option: string, known: readonly string[], names: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  fail({
    code: 'bench/unknown-name',
    seen: `--${option} ${unknown}`,
    wanted: `one of ${known.join(', ')}`,
    fix: `give --${option} a name from that list`,
    usage: true,
  })
}

/** Runs a race and shows it; gives its results, none where the mathematics differ. */
async function show(contest: Race, folder: string): Promise<Result[]> {
  const { only } = options
  const contenders = contest.contenders.filter(({ name }) => !only || only.includes(name))
  const assignment = await contest.prepare(folder)
  console.log(`\n${contest.name}`)
  const { racers, strays } = await race(
    { ...contest, contenders },
    assignment,
    options.quick ? paces.quick : paces.full,
    console.log,
  )
  const results = resultsOf(contest, racers)
  console.table(results.map(({ workload, machine, figures, ...line }) => ({ ...line, ...figures })))
  for (const verdict of verdicts(contest.wanted, results)) console.log(verdict)
  for (const stray of strays) console.log(`other mathematics: ${stray}`)
  if (strays.length > 0) process.exitCode = 1
  // Without ours there are no ratios, and an earlier record is worth more.
  const isWhole = strays.length === 0 && results.some(({ contestant }) => contestant === contest.ours)
  return isWhole ? results : []
}

checkNames(
  'workload',
  workloads.map(({ name }) => name),
  options.workload ?? [],
)
checkNames('only', Object.keys(who), options.only ?? [])
const asked = workloads.filter(({ name, isLong }) => options.workload?.includes(name) ?? !isLong)
const order = workloads.flatMap(({ races }) => races.map(({ name }) => name))
for (const contest of asked.flatMap(({ races }) => races)) {
  const folder = mkdtempSync(join(tmpdir(), 'betavae-bench-'))
  try {
    const results = await show(contest, folder)
    // Race by race, so that a run cut short keeps what it has.
    if (isForTheRecord && results.length > 0) record(results, order)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
if (isForTheRecord) writeTables()
