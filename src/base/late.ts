/** Indexes of the house whose rare parts come when something names one: a page need not carry what few models have. */

/** Those that stand without their rare parts. */
const partial = new WeakSet<object>()

/** An index that holds what most models have; the rest joins it later. */
export function shelf<Thing>(usual: readonly Thing[]): readonly Thing[] {
  const own = [...usual]
  partial.add(own)
  return own
}

/** Puts the rest on a shelf, behind what is there. */
export function complete<Thing>(own: readonly Thing[], rare: readonly Thing[]): void {
  if (partial.delete(own)) (own as Thing[]).push(...rare)
}

/** Whether an index stands without its rare parts. */
export const isPartial = (own: readonly unknown[]): boolean => partial.has(own)
