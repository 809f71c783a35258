import { toBase64 } from '../../../../base/base64.ts'
import type { WholeColumn } from '../../cell.ts'
import { schemaMessage } from '../../readers/arrow-file.ts'
import { ARROW_SCHEMA } from '../../readers/arrow-hints.ts'
import type { ArrowRows, Keeping } from '../../readers/keeping.ts'
import { checkLists } from './arrow-lists.ts'
import { arrowField, storedValue } from './arrow-types.ts'

/** The columns of some rows, and which of those that are read they are. */
const columnsOf = ({ table, types, read, from, length }: ArrowRows): WholeColumn[] =>
  table.schema.fields.map((field, place): WholeColumn => {
    const { name, type } = arrowField(field, types)
    const parts = read.flatMap((own, column) => (own.place === place ? [{ column, path: own.inside }] : []))
    if (parts.length === 1 && parts[0].path.length === 0) return { name, type, parts }
    const column = table.getChildAt(place)
    const values = Array.from({ length }, (_, row) => storedValue(column.at(from + row), type))
    return { name, type, parts, values }
  })

/** Keeps columns of lists, structures and bytes as they are, and the schema as those keep it who write Parquet from Arrow. */
export const keepArrow: Keeping['arrow'] = (part, { children }) => {
  for (const { data } of children) for (const batch of data) checkLists(batch)
  const schema = part instanceof Uint8Array ? schemaMessage(part) : part[0]
  const metadata = schema && [{ key: ARROW_SCHEMA, value: toBase64(schema) }]
  return (rows) => ({ columns: columnsOf(rows), metadata })
}
