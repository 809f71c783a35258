import type { TableRowScore } from '../../../inside.node.ts'
import type { WriteText } from './lines.ts'
import type { ScoreWriter } from './score.ts'

/** The table that is piped in. */
export const STDIN = '-'

/** A row as JSON: with the first of its causes, where anything is known of it, and the odd stretch that it is in. */
export const documentOf = ({ causes: [cause], stretch, ...row }: TableRowScore) => ({
  ...row,
  ...(cause ? { cause } : {}),
  ...(stretch ? { stretch } : {}),
})

/** Rows as lines of JSON, as they come. */
export const jsonLines = (write: WriteText): ScoreWriter => ({
  causes: 1,
  rows: (rows) => write(rows.map((row) => `${JSON.stringify(documentOf(row))}\n`).join('')),
  end: async () => undefined,
})
