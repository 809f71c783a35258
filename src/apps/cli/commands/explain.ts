import { stat } from 'node:fs/promises'
import {
  BetavaeError,
  completeDraft,
  explain,
  format,
  type Ledger,
  openRun,
  partsOf,
  type Recipe,
  trainedFrom,
} from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json, toggle } from '../options.ts'
import { changesRecipe, draftFrom, isRecipeFile } from '../recipe/draft.ts'
import { sourceArgument, withRecipe } from '../recipe/with-recipe.ts'
import { aligned } from '../terminal/table.ts'
import type { Style } from '../terminal/terminal.ts'

/** A recipe and what its formula needs to know of the data. */
interface Subject {
  readonly recipe: Recipe
  readonly shape: readonly number[]
  /** Training examples. */
  readonly examples: number
}

export const command = defineCommand({
  arguments: [
    { ...sourceArgument, name: 'run|data', description: `a run; or ${sourceArgument.description}` },
  ],
  options: withRecipe({ recipe: toggle('print the whole recipe instead, as JSON'), json }),
  examples: [
    ['runs/mnist-1', 'what a run minimizes'],
    ['mnist --beta 4 --l2 1e-5', 'what a training with these options would'],
    ['mnist --beta 4 --recipe > recipe.json', 'a recipe to change and to train'],
  ],
  async run({ args: [source], values, terminal }) {
    const { recipe, shape, examples } =
      (await subjectOfRun(source, values)) ?? (await subjectOf(source, values))
    const ledger = explain(recipe.objective, recipe.model, { shape }, examples)
    if (values.recipe || values.json)
      terminal.out(`${JSON.stringify(values.recipe ? recipe : ledger, null, 2)}\n`)
    else terminal.out(textOf(ledger, { recipe, shape }, terminal.outStyle))
    return exitCodes.done
  },
})

type Given = Readonly<Record<string, unknown>>

async function subjectOf(source: string, values: Given): Promise<Subject> {
  const { recipe, dataset } = await completeDraft(await draftFrom(source, values))
  return { recipe, shape: dataset.exampleShape, examples: partsOf(recipe, dataset).train.indices.length }
}

/** A trained run tells all by itself; one without a model needs its data. */
async function subjectOfRun(path: string, values: Given): Promise<Subject | undefined> {
  const isRun = !isRecipeFile(path) && (await stat(`${path}/recipe.json`).catch(() => undefined))
  if (!isRun) return undefined
  if (changesRecipe(values)) return subjectOf(`${path}/recipe.json`, values)
  const directory = await openRun(path)
  try {
    const { recipe, example, data } = await trainedFrom(directory)
    return { recipe, shape: example.shape, examples: data.trainCount }
  } catch (error) {
    if (error instanceof BetavaeError && error.code === 'runs/no-model')
      return subjectOf(`${path}/recipe.json`, {})
    throw error
  }
}

function textOf(
  ledger: Ledger,
  { recipe, shape }: Pick<Subject, 'recipe' | 'shape'>,
  { bold }: Style,
): string {
  const { formula, beta, betaNorm, impliedVariance, terms } = ledger
  const size = shape.reduce((a, b) => a * b, 1)
  const implied =
    impliedVariance === null
      ? ['none', 'the likelihood is not Gaussian, or nothing holds the code to a prior']
      : [
          format.short(impliedVariance),
          'variance of the observation for which this loss is proportional to −ELBO',
        ]
  const numbers = [
    ['β', format.short(beta), 'weight of the divergence from the prior'],
    [
      'β_norm',
      format.short(betaNorm),
      `β·M/N with M = ${recipe.model.latent.size} latent and N = ${size} data dimensions`,
    ],
    ['implied σ²', ...implied],
  ]
  const readings = terms.flatMap(({ name, on, weight, reading }) => [
    `${bold(name)}, on the ${on}, weight ${weight}`,
    `  ${reading}`,
  ])
  return `${[bold(formula), '', ...aligned(numbers, 'lrl'), '', ...(readings.length > 0 ? readings : ['no regularizer'])].join('\n')}\n`
}
