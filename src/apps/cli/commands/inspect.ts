import {
  describeColumn,
  type InspectedTable,
  inspectionPage,
  inspectTable,
  kindNameOf,
  kindOption,
  openTable,
  type TableSchema,
  writeWhole,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json, text } from '../options.ts'
import { columnKind, columnMissing, kindsOf, missingIn } from '../tables/kinds.ts'
import { reading, readingOf } from '../tables/reading.ts'
import { alignedRows } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { typedAgain } from '../words.ts'

export const command = defineCommand({
  arguments: [{ name: 'data', description: 'a table: .csv, .jsonl, .parquet or .arrow, gzip or not' }],
  options: {
    exclude: text('<name,…>', 'columns that are left out'),
    kind: columnKind,
    missing: columnMissing,
    html: text('<file>', 'also a page: a histogram of each column, missing cells, strongest pairs'),
    ...reading,
    json,
  },
  examples: [
    ['sensors.csv', 'each column: its kind, why, what is done to it, and what else it could be'],
    ['sensors.csv --kind visits=count --kind plant=categorical', 'with what is known better'],
    ['shop.sqlite#visits', 'a table of a database'],
    ['sensors.csv --missing temp=-999', 'with a value that stands for missing'],
    ['sensors.csv --html sensors.html', 'the same as a page, with pictures'],
    ['sensors.csv --exclude label --json', 'the schema that a recipe would hold'],
  ],
  async run({ args: [source], values, typed, parts, terminal }) {
    const options = {
      exclude: values.exclude?.split(','),
      kinds: kindsOf(values.kind ?? []),
      missing: missingIn(values.missing ?? []),
      parts,
    }
    const found = await inspectTable((await openTable(source, readingOf(values))).chunks(), options)
    if (values.json) terminal.out(`${JSON.stringify(documentOf(found))}\n`)
    else sayColumns(found, terminal)
    if (values.html !== undefined) {
      const asked = { ...options, reading: readingOf(values) }
      await writeWhole(values.html, await inspectionPage(source, asked, typedAgain(typed)))
      if (!values.json) terminal.say(values.html)
    }
    return exitCodes.done
  },
})

/** The schema, and where there are any, what else columns could be. */
function documentOf({ schema, alternatives }: InspectedTable): object {
  const doubted = [...alternatives].filter(([, others]) => others.length > 0)
  return { ...schema, ...(doubted.length > 0 && { alternatives: Object.fromEntries(doubted) }) }
}

function sayColumns({ schema, alternatives }: InspectedTable, terminal: Terminal): void {
  const { outStyle: style } = terminal
  terminal.tell(schema.notes ?? [])
  const names = alignedRows(
    schema.columns.map((column) => [
      column.name,
      kindNameOf(column),
      column.missing === 0 ? '' : `${(100 * column.missing).toFixed(1)}% missing`,
    ]),
    'wkr',
    terminal.outWidth(),
  )
  schema.columns.forEach((column, at) => {
    terminal.tell([
      ...names[at].map(style.bold),
      `    ${sentenceOf(column)}`,
      ...(alternatives.get(column.name) ?? []).map(({ kind, why }) =>
        style.dim(`    or ${kindOption(column.name, kind)}: ${why}`),
      ),
    ])
  })
}

/** Why a column is what it is, and what is done to it; of those left out the two are one. */
function sentenceOf(column: TableSchema['columns'][number]): string {
  const done = describeColumn(column)
  return done.includes(column.reason) ? done : `${column.reason}: ${done}`
}
