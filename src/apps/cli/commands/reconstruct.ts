import { openRunModel } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { firstRows, rowsOf, splitOption } from '../model/rows.ts'
import { exampleSheet, kindsFor, openOut, outOption, pictureKinds } from '../model/sheet.ts'
import { whereOption } from '../model/where.ts'
import { wholeNumber, withFallback } from '../options.ts'

const COLUMNS = 16

export const command = defineCommand({
  arguments: [runArgument],
  options: {
    out: outOption(pictureKinds),
    count: withFallback(wholeNumber('how many examples', 1, 32), 32),
    split: splitOption,
    where: whereOption('what is to be other than it was'),
  },
  examples: [
    ['runs/mnist-1 --out pairs.png', 'originals, each with its reconstruction below'],
    ['runs/mnist-2 --out sevens.png --where label=7', 'what each would be as a 7, of a model given labels'],
    ['runs/mnist-1 --out rows.csv --count 500', 'reconstructions alone, as numbers'],
  ],
  async run({ args: [path], values: { out, count, split, where }, parts, terminal, signal }) {
    using run = await openRunModel(path, { parts })
    const save = openOut(out, kindsFor(run.trained, pictureKinds))
    const { rows: above, condition } = await firstRows(await rowsOf(run, split), count)
    const rows = await run.model.reconstruct(above, { condition, where, signal })
    const { trained } = run
    const grid = { dtype: trained.example.dtype, above, columns: COLUMNS }
    terminal.out(`${await save({ rows, ...exampleSheet(trained), grid })}\n`)
    return exitCodes.done
  },
})
