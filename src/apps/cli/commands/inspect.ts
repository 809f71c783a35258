import { describeColumn, inferSchema, openTable } from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json, text } from '../options.ts'
import { aligned, wrapped } from '../terminal/table.ts'

export const command = defineCommand({
  arguments: [{ name: 'data', description: 'a table: .csv, .jsonl, .parquet or .arrow, gzip or not' }],
  options: {
    exclude: text('<name,…>', 'columns that are left out'),
    json,
  },
  examples: [
    ['sensors.csv', 'each column: its kind, why, and what is done to it'],
    ['sensors.csv --exclude label --json', 'the schema that a recipe would hold'],
  ],
  async run({ args: [source], values, terminal }) {
    const exclude = values.exclude?.split(',')
    const schema = await inferSchema((await openTable(source)).chunks(), { exclude })
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
        for (const line of wrapped(`    ${column.reason}: ${describeColumn(column)}`, 100, 4))
          terminal.out(`${line}\n`)
      })
    }
    return exitCodes.done
  },
})
