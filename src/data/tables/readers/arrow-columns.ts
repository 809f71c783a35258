import type { Column } from '@uwdata/flechette'
import type { UnreadColumn } from '../cell.ts'
import type { StoredField, StoredType } from '../stored-type.ts'
import { type ArrowField, type ArrowTypes, arrowType, storedLeaf } from './arrow-types.ts'
import { dotted, LISTS } from './flattened.ts'
import { formOf, type StoredForm } from './stored-forms.ts'

/** A column of the table: where it is in the file's, and within which structures. */
export interface ArrowColumn extends StoredField {
  readonly place: number
  readonly inside: readonly string[]
  readonly form?: StoredForm
}

/** What a file's schema comes to. */
export interface ArrowColumns {
  readonly read: readonly ArrowColumn[]
  readonly unread: readonly UnreadColumn[]
}

function reasonOf(
  { type }: ArrowField,
  stored: StoredType | undefined,
  types: ArrowTypes,
): string | undefined {
  if (stored?.kind === 'bytes') return 'its cells are bytes'
  if (type.typeId === types.Union) return 'its cells are of several types'
  if (type.typeId === types.Interval) return 'its cells are months and days'
  return stored === undefined && type.typeId !== types.Struct ? LISTS : undefined
}

/** The columns of a table, structures lying flat under dotted names; those of lists and bytes are not read. */
export function arrowColumns(fields: readonly ArrowField[], types: ArrowTypes): ArrowColumns {
  const read: ArrowColumn[] = []
  const unread: UnreadColumn[] = []
  const gather = (field: ArrowField, place: number, name: string, inside: readonly string[]): void => {
    const type = arrowType(field.type, types)
    const reason = reasonOf(field, type, types)
    if (reason !== undefined) unread.push({ name, reason })
    else if (type === undefined)
      for (const child of (field.type as { children: readonly ArrowField[] }).children)
        gather(child, place, dotted(name, child.name ?? ''), [...inside, child.name ?? ''])
    else {
      const form = formOf(type)
      read.push({ name, type, place, inside, ...(form ? { form } : {}) })
    }
  }
  fields.forEach((field, place) => {
    gather(field, place, field.name ?? '', [])
  })
  return { read, unread }
}

/** The values of a row. */
export function valuesAt(
  columns: readonly Column<unknown>[],
  row: number,
  read: readonly ArrowColumn[],
): unknown[] {
  let place = -1
  let outer: unknown
  return read.map((column) => {
    if (column.place !== place) outer = columns[column.place].at(row)
    place = column.place
    let value = outer
    for (const name of column.inside) value = (value as Readonly<Record<string, unknown>> | null)?.[name]
    return column.form ? column.form(storedLeaf(value, column.type)) : value
  })
}
