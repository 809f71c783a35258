import { openRunModel, samplers } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { exampleSheet, kindsFor, openOut, outOption, pictureKinds } from '../model/sheet.ts'
import { whereOption } from '../model/where.ts'
import { text, wholeNumber, withFallback } from '../options.ts'

const names = samplers.map(({ name }) => name)

export const command = defineCommand({
  arguments: [runArgument],
  options: {
    out: outOption(pictureKinds),
    count: withFallback(wholeNumber('how many', 1, 64), 64),
    from: text(
      '<name>',
      `where codes come from (default: prior, or gmm where nothing held codes to one): ${names.join(', ')}`,
    ),
    where: whereOption('what is known of the samples'),
    seed: withFallback(wholeNumber('decides the draws', 0, 1), 0),
  },
  examples: [
    ['runs/mnist-1 --out samples.png', '64 new digits'],
    ['runs/mnist-1 --out samples.png --from gmm', 'from Gaussians fitted to its codes'],
    ['runs/mnist-2 --out threes.png --where label=3', 'threes, of a model given labels'],
    ['runs/mnist-1 --out samples.npy --count 1000', 'as an array for NumPy'],
  ],
  async run({ args: [path], values: { out, count, from, where, seed }, parts, terminal, signal }) {
    using run = await openRunModel(path, { parts })
    const save = openOut(out, kindsFor(run.trained, pictureKinds))
    const rows = await run.model.sample(count, { from, where, seed, signal })
    const { trained } = run
    terminal.out(
      `${await save({ rows, ...exampleSheet(trained), grid: { dtype: trained.example.dtype } })}\n`,
    )
    return exitCodes.done
  },
})
