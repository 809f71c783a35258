import { codes } from '../model/codes.ts'
import { openFilling } from './impute.ts'
import type { OpenPartWorker } from './part-worker.ts'
import { perRowWorker } from './per-row.ts'
import { openScoring } from './score.ts'

/** Commands that make a table of every table of a folder. */
export const partCommands: Readonly<Record<string, OpenPartWorker>> = {
  score: openScoring,
  impute: openFilling,
  encode: perRowWorker(codes),
}
