import { storedJson } from '../../stored-json.ts'
import type { TableWriter } from './writer.ts'

export const jsonLines: TableWriter = {
  name: 'JSON Lines',
  endings: ['jsonl', 'ndjson'],
  isTyped: true,
  isNested: true,
  async open(columns, write) {
    const keys = columns.map(({ name }) => JSON.stringify(name))
    const lineOf = (row: readonly unknown[]) =>
      `{${row.map((value, at) => `${keys[at]}:${storedJson(value, columns[at].type)}`).join(',')}}\n`
    return {
      rows: (rows) => write(rows.map(lineOf).join('')),
      done: async () => undefined,
    }
  },
}
