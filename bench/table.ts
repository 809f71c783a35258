/**
 * Writes the tables of speeds from `results.json`: the whole of it in docs/speed.md, who is how fast at what in README.
 * `node bench/table.ts` writes it, `--check` compares.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { ours, type Who, who } from './contestants/index.ts'
import { recorded } from './results/record.ts'
import type { Result } from './results/result.ts'
import { workloadsOn } from './workloads/index.ts'

const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->']

const digits = (value: number, most: number): string =>
  value >= 10 ** (most - 1) ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(most)))

const percent = (share: number | null): string => (share === null ? '' : `${Math.round(100 * share)}%`)

const labelOf = ({ contestant, version }: Result): string =>
  (who as Readonly<Record<string, Who>>)[contestant]?.label(version) ?? contestant

function row(result: Result): string {
  const { medianMs, ratio, gflops, ofLimit } = result
  const cells = [
    labelOf(result),
    digits(medianMs, 3),
    ratio === null ? '' : digits(ratio, 2),
    gflops === null ? '' : digits(gflops, 2),
    percent(ofLimit),
  ]
  return `| ${cells.join(' | ')} |`
}

/** What figures say of a workload, under the table. */
function sentences(results: readonly Result[]): string[] {
  return results.flatMap(({ figures = {}, ...result }) => {
    const { beforeDataMs, peakMiB, bareMiB, yardstickMiB, ofYardstick, ofYardstickWhole } = figures
    const label = labelOf({ figures, ...result }).replaceAll('*', '')
    return [
      ...(beforeDataMs === undefined
        ? []
        : [`${label} begins to read data after ${digits(beforeDataMs, 3)} ms of its start-up.`]),
      ...(peakMiB === undefined
        ? []
        : [
            `With 10⁷ parameters ${label} holds ${peakMiB} MiB at most, ${bareMiB} of them before there is a model: ` +
              `${ofYardstick} times parameters × 16 bytes + activations (${yardstickMiB} MiB), ${ofYardstickWhole} times with all that the bare process holds.`,
          ]),
    ]
  })
}

/** Titles of workloads by name, in their order, of those that have results. */
function titlesOf(results: readonly Result[]): [name: string, title: string][] {
  const all = new Map(
    workloadsOn(availableParallelism()).flatMap(({ races }) => races.map(({ name, title }) => [name, title])),
  )
  return [...all].filter(([name]) => results.some(({ workload }) => workload === name))
}

const machinesOf = (results: readonly Result[]): string =>
  [...new Set(results.map(({ machine }) => machine))].join('; ')

/** Every contestant of every workload. */
export function whole(results: readonly Result[]): string[] {
  const rows = titlesOf(results).flatMap(([name, title]) => [
    `| **${title}** | | | | |`,
    ...results
      .filter(({ workload }) => workload === name)
      .toSorted((a, b) => a.medianMs - b.medianMs)
      .map(row),
  ])
  return [
    `Medians of interleaved runs on ${machinesOf(results)}.`,
    '',
    '| | ms | its time over ours | GFLOP/s | of the limit |',
    '|---|---|---|---|---|',
    ...rows,
    ...sentences(results).flatMap((sentence) => ['', sentence]),
  ]
}

/** Whom people compare with; a column each. */
const BRIEF = [ours, 'pytorch-eager', 'pytorch-compiled', 'betavae-wasm', 'tfjs-wasm'] as const

/** Milliseconds of each workload that somebody else ran, too. */
export function brief(results: readonly Result[]): string[] {
  const resultOf = (name: string, contestant: string) =>
    results.find((one) => one.workload === name && one.contestant === contestant)
  const columns = BRIEF.flatMap((contestant) => results.find((one) => one.contestant === contestant) ?? [])
  const rows = titlesOf(results).flatMap(([name, title]) => {
    const cells = BRIEF.map((contestant) => resultOf(name, contestant)?.medianMs)
    const others = cells.filter((ms, at) => ms !== undefined && !BRIEF[at].startsWith(ours))
    const shown = cells.map((ms) => (ms === undefined ? '' : digits(ms, 3)))
    return others.length > 0 ? [`| ${[title, ...shown].join(' | ')} |`] : []
  })
  return [
    `Milliseconds, medians of interleaved runs on ${machinesOf(results)}; [who else took part, and how](docs/speed.md).`,
    '',
    `| | ${columns.map(labelOf).join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...rows,
  ]
}

const TABLES = { 'docs/speed.md': whole, 'README.md': brief } as const

/** Writes the tables between their markers; names the files that had others. */
export function writeTables(isCheck = false): string[] {
  const results = recorded()
  return Object.entries(TABLES).flatMap(([name, table]) => {
    const path = new URL(`../${name}`, import.meta.url)
    const text = readFileSync(path, 'utf8')
    const [before, rest] = text.split(BEGIN)
    const after = rest?.split(END)[1]
    if (after === undefined) throw new Error(`${name} has no ${BEGIN} … ${END}`)
    const wanted = [`${before}${BEGIN}`, '', ...table(results), '', `${END}${after}`].join('\n')
    if (!isCheck) writeFileSync(path, wanted)
    return wanted === text ? [] : [name]
  })
}

if (import.meta.main) {
  const isCheck = process.argv.includes('--check')
  const stale = writeTables(isCheck)
  if (stale.length > 0 && isCheck) {
    console.error(`bench/results.json holds what ${stale.join(' and ')} do not show: run node bench/table.ts`)
    process.exitCode = 1
  }
}
