import type { SchemaTree } from 'hyparquet'
import type { WholeColumn } from '../../cell.ts'
import type { Keeping, ParquetSchema } from '../../readers/keeping.ts'
import { areUnsaid } from '../../readers/parquet-types.ts'
import { typeOfNode } from './parquet-types.ts'
import { wholeReader } from './parquet-values.ts'

/** A column of the table, and its leaves by their places among all. */
interface TopColumn {
  readonly node: SchemaTree
  readonly places: readonly number[]
  readonly column: WholeColumn
}

const leavesIn = ({ children }: SchemaTree): number =>
  children.length === 0 ? 1 : children.reduce((sum, child) => sum + leavesIn(child), 0)

/** The columns of a file, and which of those that are read they are. */
function topColumns({ table, stored, hints }: ParquetSchema): TopColumn[] {
  let next = 0
  let column = 0
  return table.children.map((node) => {
    const places = Array.from({ length: leavesIn(node) }, () => next++)
    const parts = places.flatMap((place) => {
      const { name, schemaPath } = stored[place]
      const path = schemaPath.slice(2).map(({ element }) => element.name)
      return name === undefined ? [] : [{ column: column++, path }]
    })
    return { node, places, column: { name: node.element.name, type: typeOfNode(node, hints), parts } }
  })
}

/** Keeps columns of lists, structures and bytes as they are, and what the writer kept beside the table. */
export const keepParquet: Keeping['parquet'] = (schema) => {
  const { stored, metadata } = schema
  const top = topColumns(schema)
  // Cells say all of a column but where it has several, none, or bytes that may be no text.
  const isWhole = ({ node, places: [place] }: TopColumn) =>
    node.children.length > 0 || stored[place].name === undefined || areUnsaid(stored[place].type)
  return (group) => {
    const readers = top.map((one) =>
      isWhole(one)
        ? wholeReader(
            one.node,
            one.places.map((place) => group[place]),
          )
        : undefined,
    )
    return async (count) => {
      const columns: WholeColumn[] = []
      for (const [at, { column }] of top.entries()) {
        const values = await readers[at]?.(count)
        columns.push(values ? { ...column, values } : column)
      }
      return { columns, metadata }
    }
  }
}
