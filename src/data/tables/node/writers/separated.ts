import { cellLine } from '../../cell-line.ts'
import type { TableWriter } from './writer.ts'

const separated = (name: string, ending: string, separator: ',' | '\t'): TableWriter => ({
  name,
  endings: [ending],
  isTyped: false,
  async open(columns, write) {
    const header = columns.map((column) => column.name)
    await write(`${cellLine(header, separator)}\n`)
    return {
      rows: (rows) => write(rows.map((row) => `${cellLine(row, separator)}\n`).join('')),
      done: async () => undefined,
    }
  },
})

export const csv = separated('CSV', 'csv', ',')
export const tsv = separated('tab-separated', 'tsv', '\t')
