import { exampleReader, type NDArray, openRunModel, type Scored } from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { dataArgument, runArgument } from '../model/arguments.ts'
import { allRows, labelOption, openDataFor } from '../model/data.ts'
import { csvText, openOut, outOption, type Sheet, tableKinds } from '../model/sheet.ts'

export const command = defineCommand({
  arguments: [runArgument, dataArgument],
  options: { out: outOption(tableKinds), label: labelOption },
  examples: [
    ['runs/mnist-1 mnist --out scores.csv', 'reconstruction, kl and elbo of each row, in nats'],
    ['runs/table-1 new.csv | sort -t, -k3 -g | head', 'the rows that fit least'],
  ],
  async run({ args: [path, source], values: { out, label }, terminal, signal }) {
    const save = out === undefined ? undefined : openOut(out, tableKinds)
    using run = await openRunModel(path)
    const { recipe } = run.trained
    const dataset = await openDataFor(recipe, source, label)
    // Rows are binarized as in an evaluation, so that the nats mean the same.
    const reader = exampleReader(recipe.data.binarize, recipe.training.seed)
    const indices = allRows(dataset)
    const rows = await reader.heldOut({ dataset, indices, ownTest: false }, indices)
    const sheet = sheetOf(await run.model.score(rows, { seed: recipe.training.seed, signal }))
    terminal.out(save ? `${await save(sheet)}\n` : csvText(sheet))
    return exitCodes.done
  },
})

function sheetOf({ reconstruction, kl, elbo }: Scored): Sheet {
  const parts = Object.entries({ reconstruction, kl, elbo }).filter(([, values]) => values !== undefined)
  const data = new Float64Array(reconstruction.length * parts.length)
  parts.forEach(([, values], column) => {
    ;(values as Float64Array).forEach((value, row) => {
      data[row * parts.length + column] = value
    })
  })
  const rows: NDArray = { data, shape: [reconstruction.length, parts.length] }
  return { rows, columns: parts.map(([name]) => name) }
}
