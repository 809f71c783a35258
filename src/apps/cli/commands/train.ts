import { type RunDirectory, trainRun } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { text } from '../options.ts'
import { draftFrom } from '../recipe/draft.ts'
import { sourceArgument, withRecipe } from '../recipe/with-recipe.ts'
import { follow, followOptions } from '../training/follow.ts'
import { sayPurpose } from '../training/purpose.ts'
import { sayTableRemarks } from '../training/table-remarks.ts'

export const command = defineCommand({
  arguments: [sourceArgument],
  ...withRecipe({
    out: {
      ...text('<folder>', 'folder of the run (default: the next free runs/<data>-<n>)'),
      group: 'Output',
    },
    ...followOptions,
  }),
  examples: [
    ['mnist', 'a VAE with the defaults'],
    ['mnist --beta 4 --latent 10', 'a β-VAE with a small code'],
    ["mnist --beta 'linear(0, 4, 5000)'", 'β rises from 0 to 4 in 5,000 steps'],
    ['table.csv --label class --patience 5', 'a table; stop when validation no longer improves'],
    ['digits --epochs 50 --keep last', 'the weights of the last epoch, not of the best on validation'],
    ['visits.csv --for rows', 'a model to make new rows with: trained until held-out rows say it is enough'],
    [
      'visits.csv --kind visits=count --kind ward=categorical',
      'columns that are not what they are taken for',
    ],
    ['runs/mnist-1/recipe.json --seed 1', 'the same again with another seed'],
    ['digits --set training.optimizer.beta2=0.99', 'any place of the recipe'],
  ],
  async run({ args: [source], values, parts, terminal, signal }) {
    const draft = await draftFrom(source, values, parts)
    const onDirectory = (directory: RunDirectory) => {
      if (!values.json) terminal.say(`run ${directory.path}`)
      sayTableRemarks(directory, terminal)
      if (!values.json) sayPurpose(directory, terminal)
    }
    return follow(trainRun(draft, { out: values.out, signal, onDirectory, parts }), {
      terminal,
      json: values.json,
      report: !values['no-report'],
    })
  },
})
