/** Items that are put in from anywhere and read one after the other. */
export interface Mailbox<Item> {
  put(item: Item): void
  /** Everything put in, until `work` has ended; its error is thrown when what it put in has been read. */
  readUntil(work: Promise<void>): AsyncGenerator<Item, void, undefined>
}

export function mailbox<Item>(): Mailbox<Item> {
  const items: Item[] = []
  let wake: () => void = () => undefined
  return {
    put(item) {
      items.push(item)
      wake()
    },
    async *readUntil(work) {
      let isOver = false
      const over = () => {
        isOver = true
        wake()
      }
      work.then(over, over)
      for (;;) {
        yield* items.splice(0)
        if (items.length > 0) continue
        if (isOver) return await work
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
