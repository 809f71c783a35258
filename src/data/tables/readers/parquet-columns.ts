import type { SchemaTree } from 'hyparquet'
import type { UnreadColumn } from '../cell.ts'
import { dotted, LISTS } from './flattened.ts'
import { dayForm, type StoredForm, timeForm } from './stored-forms.ts'

/** A column as the file stores it. */
export interface StoredColumn {
  /** Its name within those of the structures around it. */
  readonly path: readonly string[]
  /** How many of them, and of it, may be missing: the level of a value that is there. */
  readonly level: number
  readonly isRead: boolean
}

/** A column of the table: where in a row of the library's it is. */
export interface ReadColumn {
  readonly name: string
  /** The place of the outermost structure among those read, and the names of what is inside. */
  readonly place: number
  readonly inside: readonly string[]
  /** How its values are written, where the library gives them otherwise. */
  readonly form?: StoredForm
}

/** What a file's schema comes to. */
export interface ParquetColumns {
  readonly stored: readonly StoredColumn[]
  readonly read: readonly ReadColumn[]
  readonly unread: readonly UnreadColumn[]
  /** The outermost names that are read. */
  readonly tops: readonly string[]
}

/** Decimal numbers by the names of their columns, and how each is written. */
type Decimals = ReadonlyMap<string, StoredForm>

const PER_SECOND = { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 }

function formOf({ element }: SchemaTree, decimals: Decimals): StoredForm | undefined {
  const { converted_type: converted, logical_type: logical, name } = element
  if (decimals.has(name)) return decimals.get(name)
  if (logical?.type === 'DATE' || converted === 'DATE') return dayForm
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
export function parquetColumns({ children }: SchemaTree, decimals: Decimals): ParquetColumns {
  const all = children.map((top) => {
    const leaves = leavesOf(top)
    return { name: top.element.name, leaves, reason: reasonOf(leaves, decimals) }
  })
  const readable = all.filter(({ reason }) => reason === undefined)
  return {
    stored: all.flatMap(({ leaves, reason }) =>
      leaves.map((path) => ({
        path: namesOf(path),
        level: path.filter(({ element }) => element.repetition_type !== 'REQUIRED').length,
        isRead: reason === undefined,
      })),
    ),
    read: readable.flatMap(({ leaves }, place) =>
      leaves.map((path) => {
        const [top, ...inside] = namesOf(path)
        const form = formOf(path[path.length - 1], decimals)
        return { name: [top, ...inside].reduce(dotted), place, inside, ...(form ? { form } : {}) }
      }),
    ),
    unread: all.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ name, reason }])),
    tops: readable.map(({ name }) => name),
  }
}

/** The value of a column in a row; undefined where a structure around it is missing. */
export function valueIn(row: readonly unknown[], { place, inside, form }: ReadColumn): unknown {
  let value = row[place]
  for (const name of inside) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name]
  return form && value !== null && value !== undefined ? form(value) : value
}
