import type { Cell } from '../../cell.ts'
import type { StoredType } from '../../stored-type.ts'
import type { TableWriter } from './writer.ts'

/** Whole numbers and decimals with all their digits, which JSON allows. */
const jsonOf = (cell: Cell, { kind }: StoredType): string =>
  typeof cell === 'string' && (kind === 'integer' || kind === 'decimal')
    ? cell.replace(/^(-?)0+(?=\d)/, '$1')
    : JSON.stringify(cell)

export const jsonLines: TableWriter = {
  name: 'JSON Lines',
  endings: ['jsonl', 'ndjson'],
  isTyped: true,
  async open(columns, write) {
    const keys = columns.map(({ name }) => JSON.stringify(name))
    const lineOf = (row: readonly Cell[]) =>
      `{${row.map((cell, at) => `${keys[at]}:${jsonOf(cell, columns[at].type)}`).join(',')}}\n`
    return {
      rows: (rows) => write(rows.map(lineOf).join('')),
      done: async () => undefined,
    }
  },
}
