import { fail } from '../../../base/errors.ts'
import { dataNameOf } from '../../file-name.ts'
import { inFile } from '../../in-file.ts'
import type { TableChunk, WholeColumn } from '../cell.ts'
import { columnList } from '../chunk-checks.ts'
import { chunkOfColumns, rowCount } from '../chunk-columns.ts'
import type { TableStream } from '../stream.ts'
import { isPattern } from './table-files.ts'

/** What tables in a folder or by a pattern are called: after the last part of the path that is a name. */
const nameOf = (path: string): string =>
  dataNameOf(path.split(/[\\/]/).findLast((part) => part !== '' && !isPattern(part)) ?? 'tables')

/** A chunk whose columns, and whose rows' own, are in the order of those of the first file, its rows counted from `first`. */
function placed(chunk: TableChunk, { columns, whole: outline }: FirstChunk, first: number): TableChunk {
  const places = columns.map((name) => chunk.columns.indexOf(name))
  const { byColumn, lines, unread, notes, types, whole } = chunk
  const about = {
    ...{ columns, first },
    ...(lines && { lines }),
    ...(unread && { unread }),
    ...(notes && { notes }),
    ...(types && { types: places.map((place) => types[place]) }),
    ...(whole &&
      outline && { whole: { ...whole, columns: wholeLike(outline.columns, whole.columns, places) } }),
  }
  if (byColumn)
    return chunkOfColumns(
      about,
      places.map((place) => byColumn[place]),
    )
  return { ...about, rows: chunk.rows.map((row) => places.map((place) => row[place])) }
}

type FirstChunk = Pick<TableChunk, 'columns' | 'whole'>

/** Columns as the first file has them, with what another has in them. */
const wholeLike = (
  outline: readonly WholeColumn[],
  found: readonly WholeColumn[],
  places: readonly number[],
): WholeColumn[] =>
  outline.map((like) => {
    const own = found.find(({ name }) => name === like.name)
    if (!own) return { ...like, values: [] }
    return { ...own, parts: own.parts.map(({ column, path }) => ({ column: places.indexOf(column), path })) }
  })

function checkColumns(chunk: TableChunk, columns: readonly string[]): void {
  const lacking = columns.filter((name) => !chunk.columns.includes(name))
  const added = chunk.columns.filter((name) => !columns.includes(name))
  if (lacking.length + added.length > 0)
    fail({
      code: 'table/columns',
      seen: `${lacking.length > 0 ? `no ${columnList(lacking)}` : columnList(added)} among ${columnList(chunk.columns)}`,
      wanted: `${columnList(columns)}, as in the first file`,
      fix: 'name files with the same columns',
    })
}

/**
 * Several tables of the same columns as one, their rows one after another; the order of columns is that of the first.
 *
 * Error: `table/columns` where one has others, when its chunk is read.
 */
export function oneTable(path: string, tables: readonly TableStream[]): TableStream {
  if (tables.length === 1) return tables[0]
  async function* chunks(): AsyncGenerator<TableChunk> {
    let begun: FirstChunk | undefined
    let first = 0
    for (const table of tables)
      for await (const chunk of table.chunks()) {
        const like = begun ?? chunk
        begun = like
        inFile(table.file ?? table.name, () => checkColumns(chunk, like.columns))
        yield placed(chunk, like, first)
        first += rowCount(chunk)
      }
  }
  const formats = [...new Set(tables.map(({ format }) => format))]
  return { name: nameOf(path), format: formats.join(', '), canRestart: true, chunks }
}
