import { describeColumn, inferSchema, openTable, type TableSchema } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json, text } from '../options.ts'
import { columnKind, kindsOf } from '../tables/kinds.ts'
import { reading, readingOf } from '../tables/reading.ts'
import { aligned, wrapped } from '../terminal/table.ts'

export const command = defineCommand({
  arguments: [{ name: 'data', description: 'a table: .csv, .jsonl, .parquet or .arrow, gzip or not' }],
  options: {
    exclude: text('<name,…>', 'columns that are left out'),
    kind: columnKind,
    ...reading,
    json,
  },
  examples: [
    ['sensors.csv', 'each column: its kind, why, and what is done to it'],
    ['sensors.csv --kind visits=count --kind plant=categorical', 'with what is known better'],
    ['sensors.csv --exclude label --json', 'the schema that a recipe would hold'],
  ],
  async run({ args: [source], values, terminal }) {
    const schema = await inferSchema((await openTable(source, readingOf(values))).chunks(), {
      exclude: values.exclude?.split(','),
      kinds: kindsOf(values.kind ?? []),
    })
    if (values.json) terminal.out(`${JSON.stringify(schema)}\n`)
    else {
      const { outStyle: style } = terminal
      const names = aligned(
        schema.columns.map(({ name, kind, missing }) => [
          name,
          kind,
          missing === 0 ? '' : `${(100 * missing).toFixed(1)}% missing`,
        ]),
        'llr',
      )
      schema.columns.forEach((column, at) => {
        terminal.out(`${style.bold(names[at])}\n`)
        for (const line of wrapped(`    ${sentenceOf(column)}`, 100, 4)) terminal.out(`${line}\n`)
      })
    }
    return exitCodes.done
  },
})

/** Why a column is what it is, and what is done to it; of those left out the two are one. */
function sentenceOf(column: TableSchema['columns'][number]): string {
  const done = describeColumn(column)
  return done.includes(column.reason) ? done : `${column.reason}: ${done}`
}
