import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tableDataset } from '../../src/data/tables/dataset.ts'
import { inferSchema } from '../../src/data/tables/infer-schema.ts'
import { openTable } from '../../src/data/tables/node/open-table.ts'

/** One table as programs write it by themselves (`writers.py`, `writers.R`). */
const folder = join(import.meta.dirname, 'writers')

interface Visit {
  readonly day: string
  readonly city: string
  readonly price: number
  readonly visits: number | null
  readonly ok: boolean
  readonly height: number | null
}

const rows = JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8')) as Visit[]

const KINDS = {
  day: 'datetime',
  city: 'categorical',
  price: 'real',
  visits: 'count',
  ok: 'binary',
  height: 'real',
}

const schemaOf = async (file: string) => {
  const table = await openTable(join(folder, file))
  return { table, schema: await inferSchema(table.chunks()) }
}

test.each(readdirSync(folder))(
  '%s: the kinds, the gaps and the encoded rows of the table that was written',
  async (file) => {
    const { table, schema } = await schemaOf(file)
    const modelled = schema.columns.filter(({ kind }) => kind !== 'identifier')
    expect(Object.fromEntries(modelled.map(({ name, kind }) => [name, kind]))).toEqual(KINDS)
    expect(modelled.map(({ missing }) => Math.round(missing * rows.length))).toEqual(
      Object.keys(KINDS).map((name) => rows.filter((row) => row[name as keyof Visit] === null).length),
    )
    // Row numbers, where a program writes them, are left out.
    expect(schema.columns.length - modelled.length).toBeLessThanOrEqual(1)
    const own = await tableDataset(table)
    const { table: written, schema: first } = await schemaOf('rows.json')
    const expected = await tableDataset(written, { schema: first })
    expect(own.count).toBe(rows.length)
    expect(own.exampleShape).toEqual(expected.exampleShape)
    expect(own.digest).toBe(expected.digest)
  },
)
