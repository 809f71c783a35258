/**
 * Finds anomalies in a table that comes with labels, which training does not see, and says how well: the model and
 * five other detectors, the rows flagged at a promised false-alarm rate, and which columns make them strange.
 *
 * `node examples/tables/cardio.ts <cardio.csv>` prints it and draws cardio.svg.
 */
import { writeFile } from 'node:fs/promises'
import { picture } from './cardio-picture.ts'
import { findStrangeRows, strangest } from './strange-rows.ts'

const FALSE_ALARM = 0.05
const [source] = process.argv.slice(2)
if (source === undefined)
  throw new Error('say where cardio.csv is: node examples/tables/cardio.ts <cardio.csv>')

const found = await findStrangeRows(source, FALSE_ALARM)
const { rows, threshold, detections } = found
console.table(
  detections.map(({ name, rocAuc, averagePrecision }) => ({
    ...{ name, 'ROC AUC': rocAuc.toFixed(3), 'average precision': averagePrecision.toFixed(3) },
  })),
)
const flagged = rows.filter((row) => row.flagged)
const right = flagged.filter(({ strange }) => strange).length
const strange = rows.filter((row) => row.strange).length
console.log(`${flagged.length} of ${rows.length} rows score above ${threshold.toFixed(1)} nats`)
console.log(
  `${right} of the ${strange} strange rows, ${flagged.length - right} of the ${rows.length - strange} others`,
)
const causes = new Map<string, number>()
for (const {
  causes: [{ column }],
} of flagged)
  causes.set(column, (causes.get(column) ?? 0) + 1)
console.table(
  [...causes].sort(([, a], [, b]) => b - a).map(([column, count]) => ({ column, flagged: count })),
)
console.table(
  strangest(found, 10).map((row) => {
    const { column, seen, expected, nats } = row.causes[0]
    const score = row.score.toFixed(1)
    return { row: row.row, strange: row.strange, score, column, seen, expected, nats: nats.toFixed(1) }
  }),
)
await writeFile(new URL('cardio.svg', import.meta.url), picture(found))
