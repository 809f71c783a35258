import { fail } from '../../base/errors.ts'

/**
 * The names, checked to tell columns apart; a nameless column is called by its number from 0.
 *
 * Error: `table/column-names` where two columns have one name.
 */
export function columnNames(names: readonly string[]): readonly string[] {
  const columns = names.map((name, index) => (name === '' ? `${index}` : name))
  const places = new Map<string, number>()
  for (const [index, name] of columns.entries()) {
    const before = places.get(name)
    if (before !== undefined)
      fail({
        code: 'table/column-names',
        seen: `two columns named "${name.slice(0, 40)}": the ${before + 1}. and the ${index + 1}.`,
        wanted: 'a name of its own for each column',
        fix: 'rename one of them, or leave it out',
      })
    places.set(name, index)
  }
  return columns
}
