/** Files that are open at once where each item is one or a few. */
const FILES = 16

/** What `work` makes of each item, in their order, with at most `most` of them at work at a time. */
export async function fewAtATime<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  most = FILES,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const hand = async () => {
    while (next < items.length) {
      const i = next++
      results[i] = await work(items[i])
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, hand))
  return results
}
