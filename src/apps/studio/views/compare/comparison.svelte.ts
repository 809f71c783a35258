import type { PlotToken } from '../../charts/plot.ts'
import { diskNameOf, type KnownRun, knownRunOf } from '../../session/known-run.ts'
import { session } from '../../session/session.svelte.ts'
import { place } from '../../session/url.svelte.ts'

/** As many as there are colors. */
export const MOST_RUNS = 6
const FIRST = 3
/** Between ids in the address. */
const BETWEEN = '|'

const TONES: readonly PlotToken[] = ['part-0', 'part-1', 'part-2', 'part-3', 'part-4', 'part-5']
export const toneOf = (run: number): PlotToken => TONES[run % TONES.length]

/** A line of the list: what is known before a run is read in full. */
export interface Listed {
  readonly id: string
  readonly name: string
  readonly data: string
  readonly words: string
  readonly isOnDisk: boolean
  readonly isTraining: boolean
  /** Why it cannot be read. */
  readonly failure?: string
}

/** Which runs are compared. The address says it, so that it can be shared. */
class Comparison {
  /** Runs on disk that were read in full, by id. */
  #read = $state.raw<ReadonlyMap<string, KnownRun>>(new Map())
  #reading = new Set<string>()

  /** Those of this page first, the newest before older ones. */
  readonly listed: readonly Listed[] = $derived([
    ...session.pageRuns.all.toReversed().map((run) => ({
      id: run.id,
      name: run.name,
      data: run.recipe.data.source,
      words: wordsOf(run.recipe.data.source, run.recipe.objective.name, run.step),
      isOnDisk: false,
      isTraining: false,
    })),
    ...(session.served.list?.runs ?? []).map(({ id, training, summary, failure }) => ({
      id,
      name: diskNameOf(id),
      data: summary?.data ?? '',
      words: summary ? wordsOf(summary.data, summary.objective, summary.step, summary.steps) : '',
      isOnDisk: true,
      isTraining: training,
      ...(failure ? { failure: failure.seen } : {}),
    })),
  ])

  /** Ids of the runs that are compared, in the order in which they were chosen; without a choice the first few of one data set. */
  readonly chosen: readonly string[] = $derived(
    place.params.runs === undefined
      ? this.listed
          .filter(({ failure, data }, _, [{ data: first }]) => !failure && data === first)
          .slice(0, FIRST)
          .map(({ id }) => id)
      : place.params.runs.split(BETWEEN).filter(Boolean).slice(0, MOST_RUNS),
  )

  /** Of those, the ones that have been read. */
  readonly runs: readonly KnownRun[] = $derived(
    this.chosen.flatMap(
      (id) => session.pageRuns.all.find((run) => run.id === id) ?? this.#read.get(id) ?? [],
    ),
  )

  choose(ids: readonly string[]): void {
    place.set({ runs: ids.slice(0, MOST_RUNS).join(BETWEEN) })
  }

  toggle(id: string): void {
    const { chosen } = this
    this.choose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  }

  /** Reads what is on disk again, and of the compared runs everything. */
  async refresh(): Promise<void> {
    await session.served.read()
    this.#read = new Map()
  }

  /** Reads the compared runs that were not read yet. */
  async complete(): Promise<void> {
    const onDisk = new Set(session.served.list?.runs.map(({ id }) => id))
    const missing = this.chosen.filter(
      (id) => onDisk.has(id) && !this.#read.has(id) && !this.#reading.has(id),
    )
    await Promise.all(
      missing.map(async (id) => {
        this.#reading.add(id)
        const run = await session.served.run(id)
        this.#reading.delete(id)
        if (run) this.#read = new Map([...this.#read, [id, knownRunOf(run)]])
      }),
    )
  }
}

function wordsOf(data: string, objective: string, step: number, steps = step): string {
  const count =
    step < steps
      ? `${step.toLocaleString('en-US')} of ${steps.toLocaleString('en-US')}`
      : step.toLocaleString('en-US')
  return `${data}, ${objective}, ${count} steps`
}

export const comparison = new Comparison()
