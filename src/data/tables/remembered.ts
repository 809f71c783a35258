/** Answers that are kept before it is asked whether that pays. */
const MOST_ANSWERS = 4096

/** The same function, whose answers are kept as long as most of what it is asked has been asked before, such as dates of a year. */
export function remembered<Key, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  let again = 0
  let pays = true
  return (key) => {
    if (!pays) return of(key)
    const before = known.get(key)
    if (before !== undefined) {
      again++
      return before
    }
    const value = of(key)
    if (known.size >= MOST_ANSWERS) {
      pays = again > MOST_ANSWERS
      again = 0
      known.clear()
    }
    known.set(key, value)
    return value
  }
}
