import { limit } from '../contestants/index.ts'
import type { Race } from './contest.ts'
import { Racer } from './racer.ts'

/** How long a race is. */
export interface Pace {
  readonly rounds: number
  /** Steps of a turn at most, and milliseconds that one may take. */
  readonly steps: number
  readonly turnMs: number
  /** Untimed steps at the start of a turn: whoever ran before leaves caches and threads warm for itself. */
  readonly settle: number
  /** Milliseconds for all turns of one contestant; whoever needs more sits out rounds, down to `leastTurns`. */
  readonly budgetMs: number
  readonly leastTurns: number
  /** Steps before the first turn at most. */
  readonly warmup: number
}

export const paces = {
  full: { rounds: 12, steps: 15, turnMs: 2500, settle: 3, budgetMs: 50_000, leastTurns: 4, warmup: 30 },
  quick: { rounds: 4, steps: 6, turnMs: 200, settle: 2, budgetMs: 3000, leastTurns: 1, warmup: 10 },
} satisfies Record<string, Pace>

export interface Outcome {
  readonly racers: readonly Racer[]
  /** Sentences about those who did other mathematics than the rest. */
  readonly strays: readonly string[]
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]

/** Starts everyone, lets them warm up and compares what they came to, then lets them run by turns. */
export async function race(
  contest: Race,
  assignment: unknown,
  pace: Pace,
  say: (line: string) => void,
): Promise<Outcome> {
  const warmed: Warm[] = []
  const expected = contest.expected?.(assignment)
  for (const contender of contest.contenders) {
    const racer = await Racer.start(contender, assignment)
    if (typeof racer === 'string') say(`${contender.name}: ${racer}`)
    else {
      const warm = await orOut(racer, say, () => warmUp(racer, contest, pace))
      if (warm) warmed.push(warm)
    }
  }
  const strays = straysAmong(
    warmed.map(({ racer }) => racer).filter(({ name }) => name !== limit),
    contest,
    expected,
  )
  const racers = await takeTurns(warmed, pace, say)
  for (const racer of racers) await racer.stop()
  return { racers, strays }
}

interface Warm {
  readonly racer: Racer
  /** Of a typical step. */
  readonly ms: number
}

async function warmUp(racer: Racer, { warmup }: Race, pace: Pace): Promise<Warm> {
  const [first] = await racer.run(1)
  racer.began = racer.answer
  const rest = await racer.run(Math.min(warmup, pace.warmup) - 1)
  racer.warmed = racer.answer
  return { racer, ms: rest.length > 0 ? median(rest.slice(-3)) : first }
}

/** The first answers against what is expected; after as many steps each, all should have come to the same. */
function straysAmong(racers: readonly Racer[], { tolerance }: Race, expected: number | undefined): string[] {
  if (tolerance === undefined) return []
  const isNear = (value: number, wanted: number) => Math.abs(value - wanted) <= tolerance * Math.abs(wanted)
  const middle = median(racers.map(({ warmed }) => warmed))
  return racers.flatMap(({ name, began, warmed }) => [
    ...(expected === undefined || isNear(began, expected)
      ? []
      : [`${name} starts at ${began}, float64 says ${expected}`]),
    ...(isNear(warmed, middle) ? [] : [`${name} comes to ${warmed}, the middle is ${middle}`]),
  ])
}

async function takeTurns(warmed: readonly Warm[], pace: Pace, say: (line: string) => void): Promise<Racer[]> {
  const out = new Set<Racer>()
  const runners = warmed.map(({ racer, ms }) => ({ racer, ...shareOf(ms, pace) }))
  for (let round = 0; round < pace.rounds; round++) {
    const from = round % Math.max(1, runners.length)
    for (const { racer, steps, settle, turns } of [...runners.slice(from), ...runners.slice(0, from)]) {
      const begun = (rounds: number) => Math.ceil((rounds * turns) / pace.rounds)
      if (out.has(racer) || begun(round + 1) === begun(round)) continue
      const ms = await orOut(racer, say, async () => {
        await racer.run(settle)
        return racer.run(steps)
      })
      if (ms) racer.ms.push(...ms)
      else out.add(racer)
    }
  }
  return runners.map(({ racer }) => racer).filter((racer) => !out.has(racer))
}

/** What of a race one who needs `ms` for a step takes part in. */
function shareOf(ms: number, { rounds, steps, turnMs, settle, budgetMs, leastTurns }: Pace) {
  const timed = Math.min(steps, Math.max(1, Math.floor(turnMs / ms)))
  const untimed = Math.min(settle, timed - 1)
  const affordable = Math.floor(budgetMs / (ms * (timed + untimed)))
  return { steps: timed, settle: untimed, turns: Math.min(rounds, Math.max(leastTurns, affordable)) }
}

/** One who fails on the way is out, with a sentence that says why. */
async function orOut<T>(
  racer: Racer,
  say: (line: string) => void,
  body: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await body()
  } catch (error) {
    say(`${racer.name}: failed: ${(error as Error).message}`)
    await racer.stop()
    return undefined
  }
}
