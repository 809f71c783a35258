/** What a column without a name is called. */
export const namelessColumn = (index: number): string => `Unnamed: ${index}`

/**
 * Names that tell columns apart, as pandas gives them: a nameless column is called by its place from 0, and of columns
 * of one name the second has a number behind it (`a`, `a.1`).
 */
export function columnNames(names: readonly string[]): readonly string[] {
  const taken = new Set(names)
  const used = new Set<string>()
  return names.map((given, index) => {
    const name = given === '' ? namelessColumn(index) : given
    let own = name
    for (let next = 1; used.has(own) || (own !== given && taken.has(own)); next++) own = `${name}.${next}`
    used.add(own)
    return own
  })
}
