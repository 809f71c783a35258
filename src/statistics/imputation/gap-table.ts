/** A column of a table as the imputers see it: numbers, or the chances of levels. */
export interface GapColumn {
  /** Its first slot. */
  readonly at: number
  /** How many it has; the chances of two levels have one. */
  readonly slots: number
  readonly kind: 'number' | 'chances'
}

/** Monotone maps between a slot's encoded number, near to normal, and the target in which errors are counted. */
export interface Scale {
  toTarget(encoded: number): number
  toEncoded(target: number): number
}

/** What is known of a table besides its cells. */
export interface GapShape {
  /** Slots of a row. */
  readonly width: number
  readonly columns: readonly GapColumn[]
  /** Of each slot; undefined where targets are the encoded numbers. */
  readonly scales: readonly (Scale | undefined)[]
}

/**
 * Rows of numbers with gaps. Each stands twice: encoded, that is transformed to be near to normal; and as the target of
 * which errors are counted, a number standardized in the unit of its table or the chance of a level.
 */
export interface GapTable extends GapShape {
  readonly count: number
  /** [count × width]; 0 where it is missing. */
  readonly encoded: Float64Array
  readonly targets: Float64Array
  /** 1 where a cell is known [count × columns]. */
  readonly known: Uint8Array
}

/** The slots of a row that are missing: the first `count` of `slots`. */
export interface Gaps {
  readonly slots: Int32Array
  count: number
}

export const newGaps = (width: number): Gaps => ({ slots: new Int32Array(width), count: 0 })

/** Finds what is missing in a row. */
export function findGaps({ columns, known }: GapTable, row: number, gaps: Gaps): Gaps {
  gaps.count = 0
  for (let place = 0; place < columns.length; place++) {
    if (known[row * columns.length + place] === 1) continue
    const { at, slots } = columns[place]
    for (let slot = at; slot < at + slots; slot++) gaps.slots[gaps.count++] = slot
  }
  return gaps
}

/** The same rows with some more cells hidden: `hidden` is 1 where one is to be [count × columns]. */
export function withHidden(table: GapTable, hidden: Uint8Array): GapTable {
  const { count, width, columns } = table
  const encoded = table.encoded.slice()
  const targets = table.targets.slice()
  const known = table.known.slice()
  for (let row = 0; row < count; row++)
    for (const [place, { at, slots }] of columns.entries()) {
      if (hidden[row * columns.length + place] !== 1) continue
      known[row * columns.length + place] = 0
      const from = row * width + at
      encoded.fill(0, from, from + slots)
      targets.fill(0, from, from + slots)
    }
  return { ...table, encoded, targets, known }
}

/** Some rows of a table. */
export function rowsOf(table: GapTable, rows: ArrayLike<number>): GapTable {
  const { width, columns } = table
  const encoded = new Float64Array(rows.length * width)
  const targets = new Float64Array(rows.length * width)
  const known = new Uint8Array(rows.length * columns.length)
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]
    encoded.set(table.encoded.subarray(row * width, (row + 1) * width), at * width)
    targets.set(table.targets.subarray(row * width, (row + 1) * width), at * width)
    known.set(table.known.subarray(row * columns.length, (row + 1) * columns.length), at * columns.length)
  }
  return { ...table, count: rows.length, encoded, targets, known }
}
