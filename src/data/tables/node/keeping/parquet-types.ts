/** Types of Parquet's columns with all that is inside of them. */
import type { SchemaTree } from 'hyparquet'
import type { ArrowHints } from '../../readers/arrow-hints.ts'
import { isRepeated, leafType } from '../../readers/parquet-types.ts'
import type { StoredField, StoredType } from '../../stored-type.ts'

const isCalled = ({ element }: SchemaTree, name: 'LIST' | 'MAP'): boolean =>
  element.logical_type?.type === name ||
  element.converted_type === name ||
  (name === 'MAP' && element.converted_type === 'MAP_KEY_VALUE')

/** The repeated part inside of a list or a map; undefined for what is neither. */
export function entriesOf(node: SchemaTree, name: 'LIST' | 'MAP'): SchemaTree | undefined {
  const [only] = node.children
  if (!isCalled(node, name) || node.children.length !== 1 || !isRepeated(only)) return undefined
  return name === 'LIST' || only.children.length === 2 ? only : undefined
}

/** What a list's repeated part holds: itself, where it is not only what stands around its element. */
export const itemOf = (repeated: SchemaTree): SchemaTree =>
  repeated.children.length === 1 && !/^array$|_tuple$/.test(repeated.element.name)
    ? repeated.children[0]
    : repeated

const fieldOf = (node: SchemaTree, hints: ArrowHints): StoredField => ({
  name: node.element.name,
  type: typeOfNode(node, hints),
})

/** What a part of the schema holds, however often it is there. */
function innerType(node: SchemaTree, hints: ArrowHints): StoredType {
  const [list, map] = [entriesOf(node, 'LIST'), entriesOf(node, 'MAP')]
  if (list) {
    const item = itemOf(list)
    const type = item === list ? innerType(item, hints) : typeOfNode(item, hints)
    return { kind: 'list', item: { name: item === list ? 'element' : item.element.name, type } }
  }
  if (map)
    return { kind: 'map', key: fieldOf(map.children[0], hints), value: fieldOf(map.children[1], hints) }
  if (node.children.length === 0) return leafType(node.element, node.path.join('.'), hints)
  return { kind: 'struct', fields: node.children.map((child) => fieldOf(child, hints)) }
}

/** What a column, or a part of one, is stored as. */
export function typeOfNode(node: SchemaTree, hints: ArrowHints): StoredType {
  const type = innerType(node, hints)
  if (isRepeated(node)) return { kind: 'list', item: { name: 'element', type }, isRequired: true }
  return node.element.repetition_type === 'REQUIRED' ? { ...type, isRequired: true } : type
}
