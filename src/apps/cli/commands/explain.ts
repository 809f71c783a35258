import { convert, explain, withBalances } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { conversion, conversionLines } from '../ledger/conversion.ts'
import { subjectOf } from '../ledger/subject.ts'
import { ledgerLines } from '../ledger/text.ts'
import { json, toggle } from '../options.ts'
import { sourceArgument, withRecipe } from '../recipe/with-recipe.ts'

const asJson = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

export const command = defineCommand({
  arguments: [
    { ...sourceArgument, name: 'run|data', description: `a run; or ${sourceArgument.description}` },
  ],
  ...withRecipe({
    recipe: toggle('print the whole recipe instead, as JSON'),
    convert: conversion,
    json,
  }),
  examples: [
    ['runs/mnist-1', 'what a run minimizes, and what it came to'],
    ['mnist --beta 4 --l2 1e-5', 'what a training with these options would'],
    ['mnist --likelihood gaussian --convert mean-squares=0.001', 'what β a weight beside a mean error is'],
    ['mnist --beta 4 --recipe > recipe.json', 'a recipe to change and to train'],
  ],
  async run({ args: [source], values, parts, terminal }) {
    const { recipe, shape, examples, balances } = await subjectOf(source, values, parts)
    const { objective, model } = recipe
    if (values.recipe) {
      terminal.out(asJson(recipe))
      return exitCodes.done
    }
    const { outStyle: style } = terminal
    const sizes = { latent: model.latent.size, dataSize: shape.reduce((a, b) => a * b, 1) }
    const converted = values.convert && convert(values.convert, objective, model, { shape })
    if (converted && !values.json) {
      terminal.tell(conversionLines(converted, sizes, style, terminal.outWidth()))
      return exitCodes.done
    }
    const ledger = withBalances(explain(objective, model, { shape }, examples), await balances())
    if (values.json) terminal.out(asJson(converted ? { ...ledger, conversion: converted } : ledger))
    else terminal.tell(ledgerLines(ledger, sizes, { style, width: terminal.outWidth() }))
    return exitCodes.done
  },
})
