import { openRunModel } from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { dataArgument, runArgument } from '../model/arguments.ts'
import { allRows, labelOption, openDataFor } from '../model/data.ts'
import { csvText, openOut, outOption, tableKinds } from '../model/sheet.ts'

export const command = defineCommand({
  arguments: [runArgument, dataArgument],
  options: { out: outOption(tableKinds), label: labelOption },
  examples: [
    ['runs/mnist-1 mnist --out codes.npy', 'posterior means [rows, latent]'],
    ['runs/table-1 new.csv > codes.csv', 'to stdout as CSV'],
  ],
  async run({ args: [path, source], values: { out, label }, terminal, signal }) {
    const save = out === undefined ? undefined : openOut(out, tableKinds)
    using run = await openRunModel(path)
    const dataset = await openDataFor(run.trained.recipe, source, label)
    const { mean } = await run.model.encode(await dataset.read(allRows(dataset)), { signal })
    const sheet = { rows: mean, columns: Array.from({ length: run.model.latent }, (_, i) => `z${i}`) }
    terminal.out(save ? `${await save(sheet)}\n` : csvText(sheet))
    return exitCodes.done
  },
})
