/** A sample of rows that come one after another, spread evenly, however many there will be. */
export interface SpreadSample<Row> {
  /** Consecutive rows, of which the first has number `first`. */
  add(first: number, rows: readonly Row[]): void
  kept(): readonly Row[]
}

/** Keeps every row until there are twice `most`, then every second of them, and so on. */
export function spreadSample<Row>(most: number): SpreadSample<Row> {
  let every = 1
  let held: { readonly number: number; readonly row: Row }[] = []
  return {
    add(first, rows) {
      for (const [at, row] of rows.entries()) {
        if ((first + at) % every !== 0) continue
        held.push({ number: first + at, row })
        if (held.length < 2 * most) continue
        every *= 2
        held = held.filter(({ number }) => number % every === 0)
      }
    },
    kept: () => held.map(({ row }) => row),
  }
}
