import type { Client, FieldDef } from 'pg'
import { BetavaeError } from '../../../../base/errors.ts'
import type { Cell } from '../../cell.ts'
import {
  asTable,
  type DatabaseKind,
  FETCHED_ROWS,
  type OpenedDatabase,
  type QueryColumn,
  type QueryRows,
  quoted,
  refuseQuery,
} from './database.ts'
import { openClient } from './postgres-client.ts'
import { postgresCell, typeOfField } from './postgres-types.ts'
import { beginPostgres, hasPostgres, quotedTable } from './postgres-writing.ts'

/** Values stay the text that they are sent as; what they are is read from that. */
const AS_TEXT = { getTypeParser: () => String }

interface Answer {
  readonly fields: readonly FieldDef[]
  readonly rows: readonly (readonly (string | null)[])[]
}

async function asked(client: Client, text: string): Promise<Answer> {
  try {
    return await client.query<(string | null)[]>({ text, rowMode: 'array', types: AS_TEXT })
  } catch (error) {
    if (error instanceof BetavaeError) throw error
    return refuseQuery('PostgreSQL', error)
  }
}

/** Columns with their types, as the server calls these. */
async function columnsOf(client: Client, { fields }: Answer): Promise<QueryColumn[]> {
  const names = fields.map(
    ({ dataTypeID, dataTypeModifier }) => `format_type(${dataTypeID}, ${dataTypeModifier})`,
  )
  const [called = []] = fields.length > 0 ? (await asked(client, `select ${names.join(', ')}`)).rows : []
  return fields.map((field, at) => ({ name: field.name, type: typeOfField(field, called[at]) }))
}

/** Kinds that order rows as they do everywhere. */
const ORDERED = ['boolean', 'integer', 'double', 'decimal', 'date', 'timestamp', 'instant']

/** How a column orders rows: texts byte by byte, as everywhere else, and types that have no order by their text. */
const keyOf = ({ type }: QueryColumn, column: number): string =>
  `c${column}${ORDERED.includes(type?.kind ?? '') ? '' : '::text collate "C"'} nulls first`

/** Tables that can be read, those of the search path by their name alone. */
const TABLES = `
  select case when pg_table_is_visible(c.oid) then relname else nspname || '.' || relname end
  from pg_class c join pg_namespace n on n.oid = relnamespace
  where relkind in ('r', 'v', 'm', 'p', 'f') and nspname not in ('pg_catalog', 'information_schema')
    and nspname not like 'pg\\_toast%' and has_table_privilege(c.oid, 'select')
  order by 1`

/** The columns of a table's primary key. */
const keyQuery = (table: string): string => `
  select attname, format_type(atttypid, null) in ('text', 'character', 'character varying')
  from pg_index i, unnest(indkey::int2[]) with ordinality k(attnum, place)
    join pg_attribute a on true
  where indrelid = '${quotedTable(table).replaceAll("'", "''")}'::regclass and indisprimary
    and a.attrelid = i.indrelid and a.attnum = k.attnum
  order by place`

/** The rows of a cursor, so that no more of them are held than are handed on. */
async function* cursorChunks(
  client: Client,
  first: Answer,
  columns: readonly QueryColumn[],
): AsyncGenerator<readonly (readonly Cell[])[]> {
  for (let answer = first; answer.rows.length > 0; answer = await asked(client, FETCH))
    yield answer.rows.map((row) => row.map((text, column) => postgresCell(text, columns[column].type)))
}

const FETCH = `fetch ${FETCHED_ROWS} from rows`

function openedDatabase(client: Client): OpenedDatabase {
  const inOrder = async (query: string) => {
    const columns = await columnsOf(
      client,
      await asked(client, `select * from ${asTable(query)} as q limit 0`),
    )
    const names = columns.map((_, column) => `c${column}`).join(', ')
    const listed = columns.map(({ name }, column) => `c${column} as ${quoted(name)}`).join(', ')
    return `select ${listed} from ${asTable(query)} as q(${names}) order by ${columns.map(keyOf).join(', ')}`
  }
  return {
    inOrder,
    tables: async () => (await asked(client, TABLES)).rows.map(([name]) => `${name}`),
    async tableQuery(table) {
      const all = `select * from ${quotedTable(table)}`
      const key = (await asked(client, keyQuery(table))).rows
      if (key.length === 0) return inOrder(all)
      const places = key.map(
        ([name, isText]) => `${quoted(`${name}`)}${isText === 't' ? ' collate "C"' : ''}`,
      )
      return `${all} order by ${places.join(', ')}`
    },
    async rows(query): Promise<QueryRows> {
      await asked(client, `declare rows no scroll cursor for ${query}`)
      const first = await asked(client, FETCH)
      const columns = await columnsOf(client, first)
      return { columns, chunks: cursorChunks(client, first, columns) }
    },
    close: () => client.end(),
  }
}

/** PostgreSQL databases by their URL, through the npm package `pg`. */
export const postgres: DatabaseKind = {
  name: 'PostgreSQL',
  endings: [],
  matches: () => false,
  async open(place) {
    const client = await openClient(place)
    // What is read is of one moment, and cannot write.
    await asked(client, 'begin isolation level repeatable read, read only')
    return openedDatabase(client)
  },
  has: hasPostgres,
  begin: beginPostgres,
}
