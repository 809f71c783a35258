import { fail } from '../../../base/errors.ts'

type Fields = Readonly<Record<string, unknown>>

/** Why a column of lists is not read. */
export const LISTS = 'its cells are lists'

/** Objects within objects, as deep as they are followed. */
export const DEEPEST = 16

/** Several values where a cell has one. */
export const isList = (value: unknown): boolean => Array.isArray(value) || ArrayBuffer.isView(value)

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Date)

/** The name of a field within a field. */
export const dotted = (outer: string, inner: string): string => `${outer}.${inner}`

/** Fields with those of objects in them under dotted names: { a: { b: 1 } } is { "a.b": 1 }. Error: `table/nested`. */
export function flattened(fields: Fields): Fields {
  let isFlat = true
  for (const key in fields) isFlat &&= !isFields(fields[key])
  if (isFlat) return fields
  const entries: [string, unknown][] = []
  const gather = (inner: Fields, depth: number, nameOf: (key: string) => string): void => {
    if (depth > DEEPEST)
      fail({
        code: 'table/nested',
        seen: `objects within each other, more than ${DEEPEST} deep`,
        wanted: 'rows of values',
        fix: 'leave out what is inside',
      })
    for (const [key, value] of Object.entries(inner)) {
      const name = nameOf(key)
      if (isFields(value)) gather(value, depth + 1, (key) => dotted(name, key))
      else entries.push([name, value])
    }
  }
  gather(fields, 0, (key) => key)
  return Object.fromEntries(entries)
}
