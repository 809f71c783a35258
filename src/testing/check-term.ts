import * as z from 'zod/mini'
import { program } from '../graph/program.ts'
import type { Tensor } from '../graph/tensor.ts'
import { schedulesOf } from '../objective/objective.ts'
import type { Term } from '../objective/term.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { checkGradient } from './probing.ts'
import { termWorlds } from './term-worlds.ts'
import type { ToyWorld } from './toy-world.ts'

/** Largest difference of a derivative, relative to 1 + |derivative|. */
const EXACT = 1e-7

/** Whether a term says what it is, and whether its gradient is that of its loss, over every code it can sit on. */
export const checkTerm = async (term: Term): Promise<readonly Flaw[]> => [
  ...(await flawsOf('words', async () => words(term))),
  ...(await flawsOf('gradient', async () =>
    (await Promise.all(termWorlds(term).map((own) => losses(term, own)))).flat(),
  )),
]

function words(term: Term): Flaw[] {
  const options = z.parse(term.options, {})
  const scheduled = schedulesOf(term, options, {})
  const setting = { examples: 1000, latent: 3, dataSize: 6 }
  return [
    ...flawUnless(term.summary.length > 10, 'summary', () => `"${term.summary}"; wanted a few words`),
    ...flawUnless(
      term.formula(options, scheduled).length > 2,
      'formula',
      () => `"${term.formula(options, scheduled)}"; wanted Ω as text`,
    ),
    ...flawUnless(
      term.reading(0.5, options, setting, scheduled) !== term.reading(0, options, setting, scheduled),
      'reading',
      () =>
        `"${term.reading(0, options, setting, scheduled)}" of the weights 0 and 0.5; wanted what each says as a prior`,
    ),
    ...flawUnless(
      JSON.stringify(JSON.parse(JSON.stringify(options))) === JSON.stringify(options) &&
        options !== undefined,
      'options',
      () => 'default options that JSON does not hold; wanted plain values, as a recipe keeps them',
    ),
    ...flawUnless(
      (term.loss ?? term.corrupt ?? term.relax) !== undefined,
      'loss',
      () => 'neither a loss, a corruption of the input nor a temperature; wanted one of them',
    ),
  ]
}

/** The term's own loss, and what its opponent minimizes; one on the input changes the loss of the model instead. */
async function losses(
  term: Term,
  { latent, world }: ReturnType<typeof termWorlds>[number],
): Promise<readonly Flaw[]> {
  const [model, ...opponents] = world.objective.players
  const own = {
    where: `on a ${latent} code`,
    loss: term.loss ? world.objective.terms[term.name] : model.loss,
  }
  const found = [
    own,
    ...opponents.map(({ loss }) => ({ where: `of the opponent, on a ${latent} code`, loss })),
  ]
  return (await Promise.all(found.map(({ where, loss }) => slopes(world, loss, where)))).flat()
}

async function slopes(world: ToyWorld, loss: Tensor, where: string): Promise<readonly Flaw[]> {
  const used = program('loss', { loss }).inputs.map(({ name }) => name)
  const moved = world.parameters.filter(({ name }) => used.includes(name))
  const { worst, probesVary } = await checkGradient(
    loss,
    moved.map(({ name }) => name),
    moved.map(({ tensor }) => tensor),
    Object.fromEntries(Object.entries(world.feeds).filter(([name]) => used.includes(name))),
  )
  return [
    ...flawUnless(
      worst < EXACT,
      'gradient',
      () => `${where} it differs from central differences by ${worst}; wanted at most ${EXACT}`,
    ),
    ...flawUnless(
      probesVary,
      'gradient',
      () => `${where} no parameter moves the loss, or all move it alike; wanted a loss of the model`,
    ),
  ]
}
