/**
 * Writes docs/family.md, the table of everything an objective can be made of, from the registries themselves.
 * `node scripts/family.ts` writes it, `--check` compares.
 */
import { readFile, writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import type { RecipeOption } from '../src/apps/cli/recipe/option.ts'
import { recipeOptions } from '../src/apps/cli/recipe/options.ts'
import { allTerms, explain, latents, likelihoods, presets, priors, samplers } from '../src/inside.ts'
import { modelSchema } from '../src/model/spec.ts'
import { schedulesOf } from '../src/objective/objective.ts'
import type { Preset } from '../src/objective/presets/preset.ts'
import { allSchedules } from '../src/objective/schedule.ts'
import type { Term } from '../src/objective/term.ts'
import { code, table } from './markdown.ts'

const FILE = new URL('../docs/family.md', import.meta.url)
const MNIST = { shape: [1, 28, 28], count: 60_000 }
const SETTING = { examples: MNIST.count, latent: 20, dataSize: 784 }

const cited = (summary: string, paper: string | undefined): string =>
  paper ? `${summary} (${paper})` : summary

function presetRow({ name, summary, paper, latent, prior, likelihood, condition, terms }: Preset): string[] {
  const model = modelSchema.parse({
    latent: { size: 20, ...latent },
    prior,
    likelihood,
    condition: condition?.map((known) => ({ name: known, levels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] })),
  })
  const { formula } = explain({ name, terms: [...terms] }, model, MNIST, MNIST.count)
  return [code(name), cited(summary, paper), formula]
}

const flags = (isOne: (option: RecipeOption) => boolean): string =>
  Object.entries(recipeOptions)
    .filter(([, option]) => isOne(option))
    .map(([flag, { description }]) => `${code(`--${flag}`)} ${description}`)
    .join('<br>')

function termRow(term: Term): string[] {
  const { name, on, summary, paper, option, reading, defaultWeight } = term
  const own = flags(({ term }) => term?.name === name && term.key !== 'weight')
  const given = z.parse(term.options, {})
  const words = reading(defaultWeight, given, SETTING, schedulesOf(term, given, {}))
  return [code(name), on, cited(summary, paper), code(`--${option} ${defaultWeight}`), words, own]
}

interface Part {
  readonly name: string
  readonly summary: string
  readonly paper?: string
}

/** A registered thing that a recipe chooses at a path, and its options. */
const partRow =
  (path: string) =>
  ({ name, summary, paper }: Part, keys: readonly string[]): string[] => [
    code(name),
    cited(summary, paper),
    flags(
      (option) =>
        option.kind === name ||
        (option.kind === undefined && keys.some((key) => option.path === `${path}.${key}`)),
    ),
  ]

const keysOf = (options: z.core.$ZodType): string[] =>
  Object.keys((z.safeParse(options, {}).data as object | undefined) ?? {})

/** The whole page. */
export function familyPage(): string {
  const parts = (path: string, all: readonly (Part & { options: z.core.$ZodType })[]) =>
    table(
      ['Name', 'What it is', 'Options'],
      all.map((part) => partRow(path)(part, keysOf(part.options))),
    )
  return `# The family

Everything that an objective L(θ) = R(θ) + Σ λₖΩₖ can be made of. This page is written by \`npm run family\` from the
code that it describes. \`betavae explain <data> --objective NAME\` shows any of it for your own data.

## Presets

${table(['`--objective`', 'What it is', 'What it minimizes (weights: of the preset)'], presets.map(presetRow))}

## Terms

The readings are for the default weight, ${MNIST.count} training examples and a code of ${SETTING.latent}.

${table(['Term', 'On', 'What it is', 'Weight', 'Read as a prior', 'Options'], allTerms.map(termRow))}

## Likelihoods, \`--likelihood\`

${parts('model.likelihood', likelihoods)}

## Codes, \`--posterior\`

${parts('model.latent', latents)}

## Priors on the code, \`--prior\`

${parts('model.prior', priors)}

## Samplers, \`sample --from\`

Where codes come from after training. What is fitted is fitted when it is first asked for, to the codes of up to 2,000
training examples that a model keeps, and is a function of them.

${table(
  ['Name', 'What it is'],
  samplers.map(({ name, summary, paper }) => [code(name), cited(summary, paper)]),
)}

## Schedules

Wherever a weight, a target or a learning rate stands, a number will do, or one of these:

${table(
  ['Schedule', 'What it does'],
  allSchedules.map(({ name, parameters, summary }) => [code(`${name}(${parameters.join(', ')})`), summary]),
)}
`
}

if (import.meta.main) {
  const page = familyPage()
  if (!process.argv.includes('--check')) await writeFile(FILE, page)
  else if ((await readFile(FILE, 'utf8').catch(() => '')) !== page) {
    console.error('docs/family.md is not what the code says: run npm run family')
    process.exitCode = 1
  }
}
