/**
 * Writes the README's table of speeds from `results.json`.
 * `node bench/table.ts` writes it, `--check` compares.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type Who, who } from './contestants/index.ts'
import { recorded } from './results/record.ts'
import type { Result } from './results/result.ts'
import { workloadsOn } from './workloads/index.ts'

const README = new URL('../README.md', import.meta.url)
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

/** The section between the README's markers. */
export function section(results: readonly Result[]): string {
  const titles = new Map(
    workloadsOn(availableParallelism()).flatMap(({ races }) => races.map(({ name, title }) => [name, title])),
  )
  const shown = [...titles.keys()].filter((name) => results.some(({ workload }) => workload === name))
  const rows = shown.flatMap((name) => [
    `| **${titles.get(name)}** | | | | |`,
    ...results
      .filter(({ workload }) => workload === name)
      .toSorted((a, b) => a.medianMs - b.medianMs)
      .map(row),
  ])
  const machines = [...new Set(results.map(({ machine }) => machine))].join('; ')
  return [
    BEGIN,
    '',
    `Medians of interleaved runs on ${machines}.`,
    '',
    '| | ms | its time over ours | GFLOP/s | of the limit |',
    '|---|---|---|---|---|',
    ...rows,
    ...sentences(results).flatMap((sentence) => ['', sentence]),
    '',
    END,
  ].join('\n')
}

/** Writes the section, or says whether the README has it. */
export function writeSection(check = false): boolean {
  const readme = readFileSync(README, 'utf8')
  const [before, rest] = readme.split(BEGIN)
  const after = rest?.split(END)[1]
  if (after === undefined) throw new Error(`README.md has no ${BEGIN} … ${END}`)
  const wanted = `${before}${section(recorded())}${after}`
  if (!check) writeFileSync(README, wanted)
  return wanted === readme
}

if (import.meta.main) {
  const check = process.argv.includes('--check')
  if (!writeSection(check) && check) {
    console.error('README.md does not show what bench/results.json holds: run node bench/table.ts')
    process.exitCode = 1
  }
}
