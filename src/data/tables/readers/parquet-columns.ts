import type { SchemaTree } from 'hyparquet'
import type { UnreadColumn } from '../cell.ts'
import type { StoredType } from '../stored-type.ts'
import type { ArrowHints } from './arrow-hints.ts'
import { dotted, LISTS } from './flattened.ts'
import { isRepeated, leafType } from './parquet-types.ts'

/** A column as the file stores it. */
export interface StoredColumn {
  /** The table itself, the structures around the column, and the column; of its values only how they lie is said. */
  readonly schemaPath: SchemaTree[]
  /** How many of them, and of it, may be missing: the level of a value that is there. */
  readonly level: number
  /** How many of them may be there several times. */
  readonly repeats: number
  readonly type: StoredType
  /** Its name in the table; undefined where it is not read. */
  readonly name?: string
}

/** What a file's schema comes to. */
export interface ParquetColumns {
  readonly stored: readonly StoredColumn[]
  readonly unread: readonly UnreadColumn[]
}

function leavesOf(node: SchemaTree): readonly (readonly SchemaTree[])[] {
  return node.children.length === 0
    ? [[node]]
    : node.children.flatMap((child) => leavesOf(child).map((path) => [node, ...path]))
}

const namesOf = (path: readonly SchemaTree[]): string[] => path.map(({ element }) => element.name)

/** A column whose values are taken as they lie: what they mean is told by its type. */
function bare(node: SchemaTree): SchemaTree {
  const { name, type, type_length, repetition_type } = node.element
  return { ...node, element: { name, type, type_length, repetition_type } }
}

function storedColumn(table: SchemaTree, path: readonly SchemaTree[], hints: ArrowHints): StoredColumn {
  const leaf = path[path.length - 1]
  return {
    schemaPath: [table, ...path.slice(0, -1), bare(leaf)],
    level: path.filter(({ element }) => element.repetition_type !== 'REQUIRED').length,
    repeats: path.filter(isRepeated).length,
    type: leafType(leaf.element, leaf.path.join('.'), hints),
  }
}

/** Why a column cannot be read; undefined where it can. A structure with a list in it cannot. */
function reasonOf(leaves: readonly StoredColumn[]): string | undefined {
  if (leaves.some(({ repeats }) => repeats > 0)) return LISTS
  return leaves.some(({ type }) => type.kind === 'bytes') ? 'its cells are bytes' : undefined
}

/** The columns of a table, structures lying flat under dotted names; those of lists and of bytes are not read. */
export function parquetColumns(table: SchemaTree, hints: ArrowHints): ParquetColumns {
  const all = table.children.map((node) => {
    const paths = leavesOf(node)
    const leaves = paths.map((path) => storedColumn(table, path, hints))
    const reason = reasonOf(leaves)
    return {
      stored: leaves.map((leaf, at) => ({
        ...leaf,
        ...(reason === undefined && { name: namesOf(paths[at]).reduce(dotted) }),
      })),
      unread: reason === undefined ? [] : [{ name: node.element.name, reason }],
    }
  })
  return { stored: all.flatMap(({ stored }) => stored), unread: all.flatMap(({ unread }) => unread) }
}
