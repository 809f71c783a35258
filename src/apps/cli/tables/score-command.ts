import { basename } from 'node:path'
import {
  BetavaeError,
  format,
  type OutputTarget,
  openTableRun,
  type Part,
  type ScorePage,
  type ShardPart,
  scoredCells,
  scoredHead,
  scorePage,
  shardPart,
  type TableReading,
  type TableRowScore,
  writeWhole,
} from '../../../inside.node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { refuseBeside } from '../shards/option.ts'
import { type AskedShard, shardOfTable } from '../shards/table.ts'
import { aligned } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { typedAgain } from '../words.ts'
import { detectorEntries } from './detection.ts'
import { type WriteText, writingTo } from './lines.ts'
import { checkedOutput, toPart, type WriteRows, type Writing } from './output.ts'
import {
  mostUnusual,
  type ScoreWriter,
  type Scoring,
  type ScoringSummary,
  scoreTable,
  type UsualScores,
  usualScores,
} from './score.ts'
import { documentOf, jsonLines, STDIN } from './score-lines.ts'
import { comingRows, onceDropped, placeFiles } from './score-live.ts'
import { scoreSheet } from './score-sheet.ts'
import { sayUnread, tableWatch } from './unread.ts'

/** How rows of a table are to be scored and told. */
export interface TableScoreOptions extends OutputTarget {
  readonly run: string
  readonly source: string
  readonly label?: string
  readonly falseAlarm?: number
  readonly contamination?: number
  /** The most unusual rows alone. */
  readonly top?: number
  readonly json: boolean
  /** File for a page about the scores. */
  readonly html?: string
  readonly draws?: number
  readonly unseen?: 'error' | 'missing'
  readonly parts: readonly Part[]
  readonly reading?: TableReading
  /** What was typed to score them. */
  readonly typed: readonly string[]
  /** The part of the rows that is scored. */
  readonly shard?: AskedShard
  /** File that remembers how far rows that are piped in are. */
  readonly state?: string
}

/**
 * Scores the rows of a table and tells them: on a terminal the most unusual ones in words, else as CSV, as one JSON
 * document, or of a stream as lines of JSON.
 */
export async function scoreTableRows(
  options: TableScoreOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const {
    run: path,
    source,
    label,
    falseAlarm,
    contamination,
    draws,
    unseen,
    parts,
    reading,
    html,
    top,
    shard,
  } = options
  const part = shard && partOf(options, shard)
  const files = placeFiles(options)
  const whole = part || files ? undefined : await writingOf(options, terminal)
  using run = await openTableRun(path, { draws, unseen, parts })
  if (label !== undefined && run.table.columns.includes(label)) refuseSeen(path, label)
  const found = shard && (await shardOfTable(run, { command: 'score', source, reading }, shard, signal))
  const coming = await comingRows(run, source, files)
  const usual = await usualScores(run, { falseAlarm, contamination }, coming.live !== undefined)
  const inPart = part && found && toTable(toPart(part, found.job, found.rows, terminal))
  const writing = coming.writing ?? inPart ?? whole
  const page = html === undefined ? undefined : scorePage(run, top)
  await writing?.(async (writer) => {
    const watch = tableWatch(terminal.say)
    const causes = page ? Math.max(writer.causes, PAGE_CAUSES) : writer.causes
    const asked = { source, label, causes, signal, reading, watch, rows: found?.rows, ...coming }
    const sayDropped = onceDropped(coming, terminal)
    const scoring = await scoreTable(run, usual, asked, async (rows, chunk) => {
      page?.add(chunk, rows)
      await writer.rows(rows)
      sayDropped()
    })
    await writer.end(scoring.summary)
    if (page && html !== undefined) await writeWhole(html, await pageOf(page, scoring, usual, options))
    sayUnread(watch.counts(), terminal)
    if (!options.json) saySummary(scoring.summary, terminal)
  })
  if (html !== undefined && !options.json) terminal.say(html)
  if (part) terminal.say(part.path)
  return exitCodes.done
}

/** What is about all rows has no answer for a part of them. */
function partOf(options: TableScoreOptions, { shard }: AskedShard): ShardPart {
  const { label, top, json, html } = options
  refuseBeside({ label, top, json, html })
  return shardPart(options, shard)
}

/** Cells that a page may name of a row. */
const PAGE_CAUSES = 4

function pageOf(
  page: ScorePage,
  { summary: { flagged }, labeled }: Scoring,
  { calibration, threshold, share }: UsualScores,
  { run, source, typed }: TableScoreOptions,
): Promise<string> {
  return page.page({
    ...{ title: basename(source), run, command: typedAgain(typed) },
    ...(flagged === undefined ? {} : { flagged }),
    ...(calibration ? { calibration } : {}),
    ...(threshold === undefined || share === undefined ? {} : { asked: { score: threshold, share } }),
    ...(labeled ? { detectors: detectorEntries(labeled) } : {}),
  })
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

/** What makes scores and has them written. */
type Work = (writer: ScoreWriter) => Promise<void>

/** Checks where scores are to go, and gives the way to write them. */
async function writingOf(
  { source, top, json, ...target }: TableScoreOptions,
  terminal: Terminal,
): Promise<(work: Work) => Promise<void>> {
  const { out, into } = target
  if (json && into === undefined)
    return (work) => writingTo(out, terminal, (write) => work(gatheredJson(write, top)))
  if (source === STDIN && out === undefined && into === undefined && top === undefined)
    return (work) => writingTo(undefined, terminal, (write) => work(jsonLines(write)))
  if (terminal.outIsTerminal && out === undefined && into === undefined)
    return (work) => work(scoreSheet(terminal, top))
  return toTable(await checkedOutput(target, terminal), top)
}

const toTable =
  (writing: Writing, top?: number) =>
  (work: Work): Promise<void> =>
    writing((write) => work(top === undefined ? table(write) : topTable(write, top)))

/** All rows, as they come. */
export const table = (write: WriteRows): ScoreWriter => ({
  causes: 1,
  async rows(rows) {
    if (rows.length > 0) await write({ columns: scoredHead(rows[0]), rows: rows.map(scoredCells) })
  },
  end: async () => undefined,
})

/** The most unusual rows, at the end. */
function topTable(write: WriteRows, top: number): ScoreWriter {
  let held: TableRowScore[] = []
  return {
    causes: 1,
    async rows(rows) {
      held = mostUnusual([...held, ...rows], top)
    },
    async end() {
      if (held.length > 0) await write({ columns: scoredHead(held[0]), rows: held.map(scoredCells) })
    },
  }
}

/** All rows, or the most unusual ones, in one document at the end. */
function gatheredJson(write: WriteText, top: number | undefined): ScoreWriter {
  let held: TableRowScore[] = []
  return {
    causes: 1,
    async rows(rows) {
      held.push(...rows)
      if (top !== undefined) held = mostUnusual(held, top)
    },
    end: (summary) => write(`${JSON.stringify({ ...summary, scores: held.map(documentOf) })}\n`),
  }
}

function saySummary(summary: ScoringSummary, terminal: Terminal): void {
  const { rows, flagged, threshold, rocAuc, averagePrecision, baselines } = summary
  if (flagged !== undefined && threshold !== undefined) {
    const share = `${((100 * flagged) / Math.max(rows, 1)).toFixed(2)}%`
    terminal.say(
      `${flagged} of ${format.counted(rows, 'row')}, ${share}, score above ${threshold.toPrecision(4)}`,
    )
  }
  if (rocAuc === undefined || averagePrecision === undefined) return
  const all = Object.entries({ 'this model': { rocAuc, averagePrecision }, ...baselines })
  const lines = all.map(([name, own]) => [name, own.rocAuc.toFixed(3), own.averagePrecision.toFixed(3)])
  for (const line of aligned([['', 'ROC AUC', 'average precision'], ...lines], 'krr', terminal.errWidth()))
    terminal.say(line)
}
