import { cellLine } from '../../cell-line.ts'
import { CSV_MARK } from '../../csv-mark.ts'
import { defused } from './defused.ts'
import type { TableWriter } from './writer.ts'

const separated = (name: string, ending: string, own?: string): TableWriter => ({
  name,
  endings: [ending],
  isTyped: false,
  async open(columns, write, manner = {}) {
    const separator = own ?? manner.separator ?? ','
    const safe = <Cells extends readonly unknown[]>(cells: Cells) =>
      manner.isDefused ? cells.map(defused) : cells
    const header = safe(columns.map((column) => column.name))
    const types = columns.map(({ type }) => type)
    if (manner.isDefused) await write(CSV_MARK)
    if (manner.isNamed !== false) await write(`${cellLine(header, separator)}\n`)
    return {
      rows: (rows) => write(rows.map((row) => `${cellLine(safe(row), separator, types)}\n`).join('')),
      done: async () => undefined,
    }
  },
})

export const csv = separated('CSV', 'csv')
export const tsv = separated('tab-separated', 'tsv', '\t')
