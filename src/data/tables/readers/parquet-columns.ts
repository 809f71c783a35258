import type { SchemaTree } from 'hyparquet'
import type { UnreadColumn } from '../cell.ts'
import { dotted, LISTS } from './flattened.ts'
import { dayForm, type StoredForm, timeForm } from './stored-forms.ts'

/** A column as the file stores it. */
export interface StoredColumn {
  /** The table itself, the structures around the column, and the column. */
  readonly schemaPath: SchemaTree[]
  /** How many of them, and of it, may be missing: the level of a value that is there. */
  readonly level: number
  /** Its name in the table; undefined where it is not read. */
  readonly name?: string
  /** How its values are written, where the library gives them otherwise. */
  readonly form?: StoredForm
}

/** What a file's schema comes to. */
export interface ParquetColumns {
  readonly stored: readonly StoredColumn[]
  readonly unread: readonly UnreadColumn[]
}

/** Decimal numbers by the names of their columns, and how each is written. */
type Decimals = ReadonlyMap<string, StoredForm>

const PER_SECOND = { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 }

function formOf({ element }: SchemaTree, decimals: Decimals): StoredForm | undefined {
  const { converted_type: converted, logical_type: logical, name } = element
  if (decimals.has(name)) return decimals.get(name)
  if (logical?.type === 'DATE' || converted === 'DATE') return dayForm()
  if (logical?.type === 'TIME') return timeForm(PER_SECOND[logical.unit])
  if (converted === 'TIME_MILLIS') return timeForm(PER_SECOND.MILLIS)
  return converted === 'TIME_MICROS' ? timeForm(PER_SECOND.MICROS) : undefined
}

/** Fixed bytes are numbers or texts only where that is said. */
function areBytes({ element }: SchemaTree, decimals: Decimals): boolean {
  if (element.type !== 'FIXED_LEN_BYTE_ARRAY' || decimals.has(element.name)) return false
  const { type } = element.logical_type ?? {}
  return !['UUID', 'FLOAT16'].includes(type ?? '')
}

function leavesOf(node: SchemaTree): readonly (readonly SchemaTree[])[] {
  return node.children.length === 0
    ? [[node]]
    : node.children.flatMap((child) => leavesOf(child).map((path) => [node, ...path]))
}

const namesOf = (path: readonly SchemaTree[]): string[] => path.map(({ element }) => element.name)

/** Why a column cannot be read; undefined where it can. A structure with a list in it cannot. */
function reasonOf(leaves: readonly (readonly SchemaTree[])[], decimals: Decimals): string | undefined {
  if (leaves.some((path) => path.some(({ element }) => element.repetition_type === 'REPEATED'))) return LISTS
  return leaves.some((path) => areBytes(path[path.length - 1], decimals)) ? 'its cells are bytes' : undefined
}

/** The columns of a table, structures lying flat under dotted names; those of lists are not read. */
export function parquetColumns(table: SchemaTree, decimals: Decimals): ParquetColumns {
  const all = table.children.map((top) => {
    const leaves = leavesOf(top)
    return { name: top.element.name, leaves, reason: reasonOf(leaves, decimals) }
  })
  return {
    stored: all.flatMap(({ leaves, reason }) =>
      leaves.map((path): StoredColumn => {
        const form = formOf(path[path.length - 1], decimals)
        return {
          schemaPath: [table, ...path],
          level: path.filter(({ element }) => element.repetition_type !== 'REQUIRED').length,
          ...(reason === undefined && { name: namesOf(path).reduce(dotted) }),
          ...(form && { form }),
        }
      }),
    ),
    unread: all.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ name, reason }])),
  }
}
