import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fail } from '../src/base/errors.ts'
import { entries, limit, ours } from './contestants/index.ts'
import { Racer } from './racer.ts'
import { firstLoss } from './reference.ts'
import { assign, flopsPerStep, type Workload, workloads } from './workloads.ts'

/** One line of `results.json`: times in milliseconds per step, loss in nats per example at the end. */
interface Result {
  readonly workload: string
  readonly contestant: string
  readonly version: string
  readonly medianMs: number
  /** Its time over ours. */
  readonly ratio: number | null
  readonly gflops: number
  /** The limit's time over its own: 1 is all this machine can give. */
  readonly ofLimit: number | null
  readonly loss: number
  readonly note: string
}

/** How far a contestant's loss may stray, as a fraction, before it is said to do other mathematics. */
const tolerance = 0.03

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    workload: { type: 'string', multiple: true, default: [workloads[0].name] },
    only: { type: 'string', multiple: true, default: entries.map(({ name }) => name) },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  },
})
/** `settle` steps of every turn go untimed: whoever ran before leaves caches and threads warm for itself. */
const plan = options.quick
  ? { warmup: 10, rounds: 4, settle: 2, steps: 6 }
  : { warmup: 30, rounds: 12, settle: 3, steps: 15 }

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]

function pick<T extends { readonly name: string }>(
  option: string,
  all: readonly T[],
  names: readonly string[],
): T[] {
  const known = all.map(({ name }) => name)
  for (const name of names) {
    if (known.includes(name)) continue
    fail({
      code: 'bench/unknown-name',
      seen: `--${option} ${name}`,
      wanted: `one of ${known.join(', ')}`,
      fix: `give --${option} a name from that list`,
      usage: true,
    })
  }
  return all.filter(({ name }) => names.includes(name))
}

/** Starts everyone, checks their first loss, then lets them run by turns. */
async function race(workload: Workload, folder: string): Promise<{ racers: Racer[]; strays: string[] }> {
  const assignment = assign(workload, Number(options.threads), folder)
  const expected = firstLoss(assignment)
  const racers: Racer[] = []
  const strays: string[] = []
  for (const entry of pick('only', entries, options.only)) {
    const racer = await Racer.start(entry, assignment, join(import.meta.dirname, 'contestants'))
    if (typeof racer === 'string') {
      console.log(`${entry.name}: ${racer}`)
      continue
    }
    await racer.run(1)
    if (strayed(racer, expected))
      strays.push(`${racer.name} starts at ${racer.loss}, float64 says ${expected}`)
    await racer.run(plan.warmup - 1)
    racers.push(racer)
  }
  for (let round = 0; round < plan.rounds; round++) {
    const from = round % Math.max(1, racers.length)
    for (const racer of [...racers.slice(from), ...racers.slice(0, from)]) {
      await racer.run(plan.settle)
      racer.ms.push(...(await racer.run(plan.steps)))
    }
  }
  const middle = median(racers.filter(({ name }) => name !== limit).map(({ loss }) => loss))
  for (const racer of racers) {
    if (strayed(racer, middle)) strays.push(`${racer.name} ends at ${racer.loss}, the middle is ${middle}`)
    await racer.stop()
  }
  return { racers, strays }
}

const strayed = ({ name, loss }: Racer, expected: number): boolean =>
  name !== limit && !(Math.abs(loss - expected) <= tolerance * expected)

function resultsOf(workload: Workload, racers: readonly Racer[]): Result[] {
  const medianOf = (name: string) => {
    const racer = racers.find((each) => each.name === name)
    return racer ? median(racer.ms) : Number.NaN
  }
  const rounded = (value: number) => (Number.isNaN(value) ? null : Number(value.toFixed(3)))
  return racers.map(({ name, version, note, ms, loss }) => ({
    workload: workload.name,
    contestant: name,
    version,
    medianMs: Number(median(ms).toFixed(3)),
    ratio: rounded(median(ms) / medianOf(ours)),
    gflops: Number((flopsPerStep(workload) / median(ms) / 1e6).toFixed(1)),
    ofLimit: rounded(medianOf(limit) / median(ms)),
    loss: Number(loss.toFixed(2)),
    note,
  }))
}

const folder = mkdtempSync(join(tmpdir(), 'betavae-bench-'))
try {
  const results: Result[] = []
  const strays: string[] = []
  for (const workload of pick('workload', workloads, options.workload)) {
    const outcome = await race(workload, folder)
    results.push(...resultsOf(workload, outcome.racers))
    strays.push(...outcome.strays)
  }
  console.log(
    `${cpus()[0].model}, ${options.threads} threads; medians of ${plan.rounds} rounds of ${plan.steps} steps`,
  )
  console.table(results)
  for (const stray of strays) console.log(`other mathematics: ${stray}`)
  if (strays.length > 0) process.exitCode = 1
  // Without ours there are no ratios, and an earlier record is worth more.
  if (results.some(({ contestant }) => contestant === ours))
    writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
