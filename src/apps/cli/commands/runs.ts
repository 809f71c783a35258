import {
  allTerms,
  BetavaeError,
  fewAtATime,
  format,
  listRuns,
  openRun,
  type RunSummary,
  summarizeRun,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json } from '../options.ts'
import { measured, printRecords } from '../terminal/records.ts'

type Listed =
  | (RunSummary & { readonly run: string })
  | { readonly run: string; readonly error: { readonly code: string; readonly seen: string } }

export const command = defineCommand({
  arguments: [{ name: 'folder', description: 'where the runs lie (default: runs)', optional: true }],
  options: { json },
  examples: [
    ['', 'the runs in ./runs'],
    ['> runs.csv', 'the same as CSV'],
    ['elsewhere --json', 'for programs'],
  ],
  async run({ args: [folder = 'runs'], values: { json }, terminal }) {
    const runs = await fewAtATime(await listRuns(folder), listed)
    if (json) terminal.out(`${JSON.stringify(runs, null, 2)}\n`)
    else if (runs.length === 0) terminal.say(`no runs in "${folder}"; begin with: betavae train mnist`)
    else
      await printRecords(
        terminal,
        () => ({ rows: [TITLES, ...runs.map(cells)], sides: 'klLLRrlrRR' }),
        () => ({ columns: FIELDS, rows: runs.map(fields) }),
      )
    return exitCodes.done
  },
})

async function listed(run: string): Promise<Listed> {
  try {
    return { run, ...(await summarizeRun(await openRun(run))) }
  } catch (error) {
    // One run that cannot be read must not hide the others.
    if (!(error instanceof BetavaeError)) throw error
    return { run, error: { code: error.code, seen: error.seen } }
  }
}

const TITLES = [
  'run',
  'data',
  'objective',
  'weights',
  'latent',
  'steps',
  'state',
  'ELBO',
  'reconstruction',
  'KL',
]

function cells(listed: Listed): string[] {
  if ('error' in listed)
    return [listed.run, '', '', '', '', '', `${listed.error.seen} [${listed.error.code}]`]
  const { run, data, objective, weights, latent, step, steps, state, metrics } = listed
  const done =
    step === steps ? format.wholeNumber(steps) : `${format.wholeNumber(step)}/${format.wholeNumber(steps)}`
  return [
    run,
    data,
    objective,
    Object.entries(weights)
      .map(([term, weight]) => `${allTerms.find(({ name }) => name === term)?.symbol ?? term} ${weight}`)
      .join(', '),
    String(latent),
    done,
    state,
    format.fixed(metrics?.elbo),
    format.fixed(metrics?.reconstruction),
    format.fixed(metrics?.kl),
  ]
}

const FIELDS = [
  'run',
  'data',
  'objective',
  'weights',
  'latent',
  'step',
  'steps',
  'state',
  'elbo',
  'reconstruction',
  'kl',
  'error',
]

function fields(listed: Listed): unknown[] {
  if ('error' in listed)
    return [listed.run, ...Array(FIELDS.length - 2).fill(null), `${listed.error.seen} [${listed.error.code}]`]
  const { run, data, objective, weights, latent, step, steps, state, metrics } = listed
  return [
    ...[run, data, objective, JSON.stringify(weights), latent, step, steps, state],
    ...[metrics?.elbo, metrics?.reconstruction, metrics?.kl].map(measured),
    null,
  ]
}
