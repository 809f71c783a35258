import type { ReadTable } from './read-tables.ts'

/**
 * How many rows of `table` are rows of `training`, cell for cell; missing equals missing. Exact, in one pass over each.
 * The tables were read together.
 */
export function copiedRows(table: ReadTable, training: ReadTable): number {
  const heads = new Map<number, number>()
  // Rows of one hash are chained: it rarely happens, but a hash is no proof.
  const next = new Int32Array(training.count).fill(-1)
  rowHashes(training).forEach((hash, row) => {
    next[row] = heads.get(hash) ?? -1
    heads.set(hash, row)
  })
  const isCopy = (hash: number, row: number): boolean => {
    for (let other = heads.get(hash) ?? -1; other >= 0; other = next[other])
      if (isSameRow(table, row, training, other)) return true
    return false
  }
  return rowHashes(table).reduce((count, hash, row) => count + (isCopy(hash, row) ? 1 : 0), 0)
}

const isSameRow = (a: ReadTable, row: number, b: ReadTable, other: number): boolean =>
  a.columns.every(({ values }, at) => {
    const [own, its] = [values[row], b.columns[at].values[other]]
    return own === its || (Number.isNaN(own) && Number.isNaN(its))
  })

/** A number for each row, equal for equal rows: FNV-1a over 32-bit words. */
function rowHashes({ count, columns }: ReadTable): Uint32Array {
  const hashes = new Uint32Array(count).fill(0x811c9dc5)
  const cell = new Float64Array(1)
  const words = new Uint32Array(cell.buffer)
  for (const { values } of columns)
    for (let row = 0; row < count; row++) {
      // −0 equals 0, and one NaN stands for all.
      cell[0] = Number.isNaN(values[row]) ? Number.NaN : values[row] + 0
      const low = Math.imul(hashes[row] ^ words[0], 0x01000193)
      const high = Math.imul(low ^ words[1], 0x01000193)
      hashes[row] = high ^ (high >>> 15)
    }
  return hashes
}
