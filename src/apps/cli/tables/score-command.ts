import { BetavaeError, format, openTableRun, type Part, type TableReading } from '../../../inside.node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { aligned } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cellLine } from './csv.ts'
import { type WriteText, writingTo } from './lines.ts'
import { type ScoringSummary, scoreTable, type TableRowScore, usualScores } from './score.ts'

/** How rows of a table are to be scored and told. */
export interface TableScoreOptions {
  readonly run: string
  readonly source: string
  readonly out?: string
  readonly label?: string
  readonly falseAlarm?: number
  /** The most unusual rows alone. */
  readonly top?: number
  readonly json: boolean
  readonly draws?: number
  readonly unseen?: 'error' | 'missing'
  readonly parts: readonly Part[]
  readonly reading?: TableReading
}

const STDIN = '-'

/** Scores the rows of a table and tells them: as CSV, as one JSON document, or of a stream as lines of JSON. */
export async function scoreTableRows(
  options: TableScoreOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { run: path, source, out, label, falseAlarm, json, draws, unseen, parts, reading } = options
  using run = await openTableRun(path, { draws, unseen, parts })
  if (label !== undefined && run.table.columns.includes(label)) refuseSeen(path, label)
  const usual = await usualScores(run, falseAlarm)
  const asked = { source, label, falseAlarm, signal, reading }
  await writingTo(out, terminal, async (write) => {
    const writer = writerFor(options, write)
    const summary = await scoreTable(run, usual, asked, writer.rows)
    await writer.end(summary)
    if (!json) saySummary(summary, terminal)
  })
  return exitCodes.done
}

function refuseSeen(run: string, label: string): never {
  throw new BetavaeError({
    code: 'cli/label-seen',
    seen: `--label ${label}, a column that ${run} was trained on`,
    wanted: 'labels that the model has not seen',
    fix: `train without it: --exclude ${label}`,
    usage: true,
  })
}

interface Writer {
  rows(rows: readonly TableRowScore[]): Promise<void>
  end(summary: ScoringSummary): Promise<void>
}

function writerFor({ source, top, json }: TableScoreOptions, write: WriteText): Writer {
  if (json || top !== undefined) return gathered(write, { top, json })
  return source === STDIN ? jsonLines(write) : csvLines(write)
}

const jsonLines = (write: WriteText): Writer => ({
  rows: (rows) => write(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
  end: async () => undefined,
})

function csvLines(write: WriteText): Writer {
  let isFirst = true
  return {
    async rows(rows) {
      if (isFirst && rows.length > 0) await write(`${headOf(rows[0]).join(',')}\n`)
      isFirst &&= rows.length === 0
      await write(rows.map((row) => `${lineOf(row)}\n`).join(''))
    },
    end: async () => undefined,
  }
}

/** All rows, or the most unusual ones, at the end. */
function gathered(write: WriteText, { top, json }: Pick<TableScoreOptions, 'top' | 'json'>): Writer {
  let held: TableRowScore[] = []
  return {
    async rows(rows) {
      held.push(...rows)
      if (top !== undefined) held = held.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, top)
    },
    async end(summary) {
      if (json) return write(`${JSON.stringify({ ...summary, scores: held })}\n`)
      const head = held.length > 0 ? [headOf(held[0]).join(',')] : []
      return write([...head, ...held.map(lineOf)].map((line) => `${line}\n`).join(''))
    },
  }
}

const headOf = ({ p, flagged }: TableRowScore): string[] => [
  'score',
  'reconstruction',
  'kl',
  'elbo',
  'row',
  ...(p === undefined ? [] : ['p']),
  ...(flagged === undefined ? [] : ['flagged']),
  'column',
  'seen',
  'expected',
  'nats',
]

const digits = (x: number): number => Number(x.toPrecision(7))

const lineOf = ({ row, score, reconstruction, kl, elbo, p, flagged, cause }: TableRowScore): string =>
  cellLine([
    ...[score, reconstruction, kl, elbo].map(digits),
    row,
    ...(p === undefined ? [] : [digits(p)]),
    ...(flagged === undefined ? [] : [flagged]),
    ...(cause ? [cause.column, cause.seen, cause.expected, digits(cause.nats)] : [null, null, null, null]),
  ])

function saySummary(summary: ScoringSummary, terminal: Terminal): void {
  const { rows, flagged, threshold, rocAuc, averagePrecision, baselines } = summary
  if (flagged !== undefined && threshold !== undefined)
    terminal.say(`${flagged} of ${format.counted(rows, 'row')} score above ${threshold.toPrecision(4)} nats`)
  if (rocAuc === undefined || averagePrecision === undefined) return
  const all = Object.entries({ 'this model': { rocAuc, averagePrecision }, ...baselines })
  const lines = all.map(([name, own]) => [name, own.rocAuc.toFixed(3), own.averagePrecision.toFixed(3)])
  for (const line of aligned([['', 'ROC AUC', 'average precision'], ...lines], 'lrr')) terminal.say(line)
}
