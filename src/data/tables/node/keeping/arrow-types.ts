/** Types and values of Arrow's columns with all that is inside of them. */
import {
  type ArrowField,
  type ArrowType,
  type ArrowTypes,
  arrowType,
  storedLeaf,
} from '../../readers/arrow-types.ts'
import type { StoredField, StoredType } from '../../stored-type.ts'

/** A column, or a part of one, and what it is stored as. */
export const arrowField = ({ name, type, nullable }: ArrowField, types: ArrowTypes): StoredField => ({
  name: name ?? '',
  type: {
    ...(arrowType(type, types) ?? nestedType(type, types)),
    ...(nullable === false && { isRequired: true }),
  },
})

function nestedType({ typeId, children = [] }: ArrowType, types: ArrowTypes): StoredType {
  const fields = children.map((child) => arrowField(child, types))
  const [first, second] = fields
  if (typeId === types.Struct) return { kind: 'struct', fields }
  if (typeId === types.RunEndEncoded) return second.type
  if (typeId === types.Map && first.type.kind === 'struct') {
    const [key, value] = first.type.fields
    return { kind: 'map', key, value }
  }
  return typeId === types.Union ? { kind: 'json' } : { kind: 'list', item: first }
}

/** A value as the library gives it, as its type has it; entries of maps by name. */
export function storedValue(value: unknown, type: StoredType): unknown {
  if (value === null || value === undefined) return null
  switch (type.kind) {
    case 'list':
      return Array.from(value as Iterable<unknown>, (item) => storedValue(item, type.item.type))
    case 'map':
      return Array.from(value as Iterable<readonly [unknown, unknown]>, ([key, own]) => ({
        key: storedValue(key, type.key.type),
        value: storedValue(own, type.value.type),
      }))
    case 'struct': {
      const own = value as Readonly<Record<string, unknown>>
      return Object.fromEntries(type.fields.map(({ name, type }) => [name, storedValue(own[name], type)]))
    }
    default:
      return storedLeaf(value, type)
  }
}
