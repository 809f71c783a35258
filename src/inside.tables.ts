/** What our apps reach for of tables, the same in Node.js and in a browser; the studio loads it when it meets a table. */
export { cellLine } from './data/tables/cell-line.ts'
export { tableDataset } from './data/tables/dataset.ts'
export { inferSchema, inspectTable } from './data/tables/infer-schema.ts'
export { leftOutOf } from './data/tables/left-out.ts'
export { missingOf } from './data/tables/missing-in.ts'
export { openTableBytes } from './data/tables/open-table-bytes.ts'
export { tableOf } from './data/tables/rows.ts'
export { slotNames } from './data/tables/slot-names.ts'
export { type UnreadCount, unreadTally } from './data/tables/unread-tally.ts'
export { writtenTypes } from './data/tables/written-types.ts'
export { causesIn } from './infer/tables/causes.ts'
export { openChunkModel } from './infer/tables/chunk-model.ts'
export { filledRows } from './infer/tables/filled.ts'
export { scoredRows } from './infer/tables/scored-rows.ts'
export { scoringStream } from './infer/tables/scoring-stream.ts'
export {
  expectedThreshold,
  expectedThreshold,
  type FlagRule,
  type FlagRule,
  onlyOne,
  onlyOne,
} from './infer/tables/usual.ts'
export { wholeTable, withGapWords } from './infer/tables/whole-table.ts'
export { driftBetween } from './statistics/anomaly/drift/drift.ts'
export { fidelityOf } from './statistics/fidelity/report.ts'
export { fidelityRows, unsaidLines } from './statistics/fidelity/report-rows.ts'
export { checkedTarget } from './statistics/fidelity/transfer.ts'
