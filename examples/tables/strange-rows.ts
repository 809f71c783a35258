/** Trains on a table that has strange rows among its rows, and scores every row of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { averagePrecision, conformalThreshold, rocAuc } from 'betavae/metrics'
import { openTableRun, trainRun } from 'betavae/runs'
import { type Cause, causesIn, openTable } from 'betavae/tables'

const LABEL = 'label'

export interface ScoredRow {
  /** From 1. */
  readonly row: number
  /** By its label, which training does not see. */
  readonly strange: boolean
  readonly score: number
  readonly flagged: boolean
  /** Its cells, the one that adds most first. */
  readonly causes: readonly Cause[]
}

/** How well scores tell strange rows from the others. */
export interface Detection {
  readonly name: string
  readonly rocAuc: number
  readonly averagePrecision: number
}

export interface Found {
  readonly columns: readonly string[]
  readonly rows: readonly ScoredRow[]
  readonly threshold: number
  /** The model, then each baseline. */
  readonly detections: readonly Detection[]
}

/** Trains with the defaults on all rows of a table but their column `label`; flags rows at a promised false-alarm rate. */
export async function findStrangeRows(source: string, falseAlarm: number): Promise<Found> {
  const folder = await mkdtemp(`${tmpdir()}/strange-`)
  try {
    await trainRun({ data: { source }, engine: { threads: 1 } }, { out: `${folder}/run` })
    return await scoredWith(`${folder}/run`, source, falseAlarm)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function scoredWith(path: string, source: string, falseAlarm: number): Promise<Found> {
  using run = await openTableRun(path)
  const { table } = run
  const calibration = await run.calibration()
  if (!calibration) throw new Error('the training held no rows out')
  const threshold = conformalThreshold(calibration, falseAlarm)
  const rows: ScoredRow[] = []
  const encoded: number[] = []
  for await (const chunk of (await openTable(source)).chunks()) {
    const scores = await table.score(chunk)
    for (const value of table.encode(chunk)) encoded.push(value)
    const label = chunk.columns.indexOf(LABEL)
    chunk.rows.forEach((cells, at) => {
      const score = scores.score[at]
      const causes = causesIn(table.columns, chunk, scores)(at)
      const strange = Number(cells[label]) === 1
      rows.push({ row: chunk.first + at + 1, strange, score, flagged: score > threshold, causes })
    })
  }
  const labels = rows.map(({ strange }) => Number(strange))
  const detection = (name: string, scores: ArrayLike<number>): Detection => ({
    ...{ name, rocAuc: rocAuc(scores, labels), averagePrecision: averagePrecision(scores, labels) },
  })
  const baselines = Object.entries(await run.baselines(Float32Array.from(encoded)))
  const own = rows.map(({ score }) => score)
  return {
    columns: table.columns,
    rows,
    threshold,
    detections: [detection('betavae', own), ...baselines.map(([name, scores]) => detection(name, scores))],
  }
}

/** The rows that score most. */
export const strangest = ({ rows }: Found, count: number): ScoredRow[] =>
  rows.toSorted((a, b) => b.score - a.score).slice(0, count)
