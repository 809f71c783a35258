import { joinedRows, openRunModel } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { rowAt, rowsOf, splitOption } from '../model/rows.ts'
import { exampleSheet, kindsFor, openOut, outOption, pictureKinds } from '../model/sheet.ts'
import { wholeNumber, withFallback } from '../options.ts'

export const command = defineCommand({
  arguments: [runArgument],
  options: {
    out: outOption(pictureKinds),
    'from-index': withFallback(wholeNumber('row to start from', 0, 0), 0),
    'to-index': withFallback(wholeNumber('row to end at', 0, 1), 1),
    steps: withFallback(wholeNumber('examples in all, both ends included', 1, 11), 11),
    split: splitOption,
  },
  examples: [['runs/mnist-1 --out line.png --from-index 3 --to-index 8', 'from one test digit to another']],
  async run({ args: [path], values, parts, terminal, signal }) {
    using run = await openRunModel(path, { parts })
    const save = openOut(values.out, kindsFor(run.trained, pictureKinds))
    const rows = await rowsOf(run, values.split)
    const from = await rowAt(rows, values['from-index'], 'from-index')
    const to = await rowAt(rows, values['to-index'], 'to-index')
    const condition = from.condition && to.condition && joinedRows([from.condition, to.condition])
    const line = await run.model.interpolate(from.rows, to.rows, values.steps, { condition, signal })
    const grid = { dtype: run.trained.example.dtype, columns: values.steps }
    terminal.out(`${await save({ rows: line, ...exampleSheet(run.trained), grid })}\n`)
    return exitCodes.done
  },
})
