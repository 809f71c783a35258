import type { Column, Table } from '@uwdata/flechette'
import type { UnreadColumn } from '../cell.ts'
import { dotted, LISTS } from './flattened.ts'
import { dayForm, decimalForm, type StoredForm, timeForm } from './stored-forms.ts'

type Flechette = typeof import('@uwdata/flechette')
type Types = Flechette['Type']
type Field = Table['schema']['fields'][number]

/** A column of the table: where it is in the file's, and within which structures. */
export interface ArrowColumn {
  readonly name: string
  readonly place: number
  readonly inside: readonly string[]
  readonly form?: StoredForm
}

/** What a file's schema comes to. */
export interface ArrowColumns {
  readonly read: readonly ArrowColumn[]
  readonly unread: readonly UnreadColumn[]
}

function reasonOf({ type }: Field, types: Types): string | undefined {
  const { Binary, LargeBinary, BinaryView, FixedSizeBinary, RunEndEncoded, Union, Struct } = types
  if ([Binary, LargeBinary, BinaryView, FixedSizeBinary].some((id) => id === type.typeId))
    return 'its cells are bytes'
  if (type.typeId === Union) return 'its cells are of several types'
  if (type.typeId === Struct || type.typeId === RunEndEncoded) return undefined
  return 'children' in type ? LISTS : undefined
}

/** Parts of a second, by the number of a unit of time. */
const PER_SECOND = [1, 1e3, 1e6, 1e9]

function formOf({ type }: Field, types: Types): StoredForm | undefined {
  if (type.typeId === types.Date) return 'unit' in type && type.unit === 0 ? dayForm() : undefined
  if (type.typeId === types.Decimal && 'scale' in type) return decimalForm(type.scale as number)
  return type.typeId === types.Time && 'unit' in type ? timeForm(PER_SECOND[type.unit as number]) : undefined
}

/** The columns of a table, structures lying flat under dotted names; those of lists and bytes are not read. */
export function arrowColumns(fields: readonly Field[], types: Types): ArrowColumns {
  const read: ArrowColumn[] = []
  const unread: UnreadColumn[] = []
  const gather = (field: Field, place: number, name: string, inside: readonly string[]): void => {
    const reason = reasonOf(field, types)
    const { type } = field
    if (reason !== undefined) unread.push({ name, reason })
    else if (type.typeId === types.Struct && 'children' in type)
      for (const child of type.children as readonly Field[])
        gather(child, place, dotted(name, child.name), [...inside, child.name])
    else {
      const form = formOf(field, types)
      read.push({ name, place, inside, ...(form ? { form } : {}) })
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
    return column.form && value !== null && value !== undefined ? column.form(value) : value
  })
}
