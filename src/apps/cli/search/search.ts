import {
  type Axis,
  BetavaeError,
  gridOf,
  type Part,
  randomOf,
  readAxis,
  type SearchDraft,
  type Settings,
  search,
  searchOnQueue,
} from '../../../inside.node.ts'
import type { ExitCode } from '../exit.ts'
import { number, type OptionSpec, text, wholeNumber } from '../options.ts'
import { wantedQueue } from '../queue/option.ts'
import { draftFrom } from '../recipe/draft.ts'
import { type RecipeOptions, recipeOptionsOf } from '../recipe/options.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { followSearch } from './follow.ts'

const group = 'Any option'
const RUNGS = 3

const over: OptionSpec<Axis> & { readonly repeats: true } = {
  argument: '<option=values>',
  group,
  description:
    'sweep over any option of train: latent=4,8,16, hidden=256|512,256, lr=1e-4..1e-2:log (a grid has 3 points, or lr=…:log:5); may be repeated',
  repeats: true,
  read: (given) => readAxis(given),
}

/** What a sweep takes that goes over other options than β. */
export const searchOptions = {
  over,
  random: {
    ...wholeNumber('with --over: so many combinations at random (default: all of the grid)', 1, 27),
    group,
  },
  halving: {
    ...number('<n>', 'with --over: train in rungs, from each of which the best one in n goes on', {
      whole: true,
      minimum: 2,
      example: '3',
    }),
    group,
  },
  rungs: {
    ...wholeNumber(
      `with --halving: rungs, the last of which is the whole training (default: ${RUNGS})`,
      2,
      3,
    ),
    group,
  },
  best: {
    ...text(
      '<number>',
      'with --over: what the best has most or least of: elbo (default), rate@distortion=80, mig, nll, any number of an evaluation',
    ),
    group,
  },
}

interface SearchValues {
  readonly over?: readonly Axis[] | undefined
  readonly random?: number | undefined
  readonly halving?: number | undefined
  readonly rungs?: number | undefined
  readonly best?: string | undefined
}

interface SweepValues extends SearchValues {
  readonly beta?: readonly number[] | undefined
  readonly seeds: number
  readonly 'warm-start': boolean
  readonly jobs: number
  readonly queue?: string | undefined
  readonly priority?: number | undefined
  readonly store?: string | undefined
  readonly shard?: unknown
  readonly out?: string | undefined
  readonly json: boolean
}

interface SearchCall {
  readonly values: SweepValues & Readonly<Record<string, unknown>>
  readonly parts: readonly Part[]
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/** Trains members over options of a training. */
export async function searchBy(
  source: string,
  { values, parts, terminal, signal }: SearchCall,
): Promise<ExitCode> {
  refuseOfBeta(values)
  const { over: axes = [], jobs, out, json, queue, priority, store, halving, rungs = RUNGS } = values
  if (halving === undefined && values.rungs !== undefined)
    refuseAlone('rungs', 'halving', 'add for example --halving 3')
  if (queue === undefined && (priority !== undefined || store !== undefined)) wantedQueue(undefined)
  const options = recipeOptionsOf(parts)
  checkAxes(axes, options)
  const members: SearchDraft['members'] = await Promise.all(
    settingsOf(axes, values, options).map(async (settings) => ({
      settings,
      recipe: await draftFrom(source, { ...fixed(values), ...readBy(settings, options) }, parts),
    })),
  )
  const draft = {
    ...{ members, best: values.best },
    ...(halving !== undefined && { halving: { eta: halving, rungs } }),
  }
  const where = { jobs, signal, parts, out }
  const events =
    queue === undefined ? search(draft, where) : searchOnQueue(draft, { ...where, queue, priority, store })
  return followSearch(events, { terminal, json })
}

function settingsOf(
  axes: readonly Axis[],
  { random, seed }: SearchValues & { readonly seed?: unknown },
  options: RecipeOptions,
): Settings[] {
  const isWhole = (name: string) => !takes(options, name, '1.5')
  return random === undefined
    ? gridOf(axes, isWhole)
    : randomOf(axes, { count: random, seed: Number(seed ?? 0), isWhole })
}

function takes(options: RecipeOptions, name: string, given: string): boolean {
  try {
    options[name].read(given, name)
    return true
  } catch {
    return false
  }
}

/** Values of options as their texts come to. */
const readBy = (settings: Settings, options: RecipeOptions): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, given]) => {
      const value = options[name].read(given, name)
      return [name, options[name].repeats ? [value] : value]
    }),
  )

/** Options that all members have; β is one number here. */
const fixed = ({ beta, ...values }: SearchCall['values']): Record<string, unknown> => ({
  ...values,
  beta: beta?.[0],
})

function checkAxes(axes: readonly Axis[], options: RecipeOptions): void {
  const names = axes.map(({ name }) => name)
  const strange = names.find((name) => options[name] === undefined)
  if (strange !== undefined)
    throw new BetavaeError({
      code: 'search/option',
      seen: `--over ${strange}=…`,
      wanted:
        'an option of train that a recipe holds, such as lr, latent, hidden, batch, objective, beta or seed',
      fix: 'see betavae train --help all',
      usage: true,
    })
  const twice = names.find((name, at) => names.indexOf(name) < at)
  if (twice === undefined) return
  throw new BetavaeError({
    code: 'search/over',
    seen: `--over ${twice}=… twice`,
    wanted: 'each option once',
    fix: 'put its values into one list',
    usage: true,
  })
}

function refuseOfBeta({ beta, seeds, shard, 'warm-start': isWarm }: SweepValues): void {
  const given = {
    'beta of several values': beta !== undefined && beta.length > 1,
    seeds: seeds > 1,
    'warm-start': isWarm,
    shard: shard !== undefined,
  }
  const [flag] = Object.entries(given).find(([, isGiven]) => isGiven) ?? []
  if (flag === undefined) return
  throw new BetavaeError({
    code: 'cli/exclusive',
    seen: `--${flag} beside --over`,
    wanted: 'a sweep over β, or one over options',
    fix: 'leave it out, or write for example --over beta=1,2,4 --over seed=0,1,2',
    usage: true,
  })
}

/** What is about members over options means nothing without them. Error: `cli/alone`. */
export function refuseWithoutOver({ random, halving, rungs, best }: SearchValues): void {
  const [flag] = Object.entries({ random, halving, rungs, best }).find(([, own]) => own !== undefined) ?? []
  if (flag !== undefined) refuseAlone(flag, 'over', 'add for example --over latent=4,8,16')
}

function refuseAlone(flag: string, other: string, fix: string): never {
  throw new BetavaeError({
    code: 'cli/alone',
    seen: `--${flag} without --${other}`,
    wanted: `--${other}, which it is about`,
    fix,
    usage: true,
  })
}
