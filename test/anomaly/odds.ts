import { readFileSync } from 'node:fs'
import { takeRows } from '../../src/base/arrays.ts'
import { type CsvTable, readCsv } from '../../src/data/formats/csv.ts'
import { splitRows } from '../../src/data/split.ts'
import { rocAuc } from '../../src/statistics/anomaly/curves.ts'
import type { Detector } from '../../src/statistics/anomaly/detectors/detector.ts'
import { dataFile } from '../outside.ts'

/** A set of the ODDS collection, by name; label 1 is an anomaly. */
export const oddsSet = (name: string): CsvTable => readCsv(readFileSync(dataFile(`odds/${name}.csv`)))

/** ROC AUC on 40% of the rows of a detector fitted to the others, anomalies among them: PyOD's protocol. */
export function heldOutAuc(
  { rows, labels = new Int32Array() }: CsvTable,
  detector: Detector,
  seed: number,
): number {
  const { train, test } = splitRows({ count: labels.length, test: 0.4, seed })
  const scores = detector.fit(takeRows(rows, train), seed).score(takeRows(rows, test))
  return rocAuc(
    scores,
    Int32Array.from(test, (row) => labels[row]),
  )
}
