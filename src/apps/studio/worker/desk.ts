import { type Dataset, diagnose, loadRecipe, mended, type TableStream } from '../../../inside.ts'
import type { CommandName, Commands, Reply, Report, Request } from '../protocol.ts'
import { openData } from './data/open-data.ts'
import { Engines } from './engines.ts'
import { explained } from './explained.ts'
import { exploringDesk } from './exploring/handlers.ts'
import { failureOf, studioError } from './failure.ts'
import type { Handlers } from './handlers.ts'
import type { Host } from './host.ts'
import { trainingDesk } from './training/handlers.ts'
import { buffersIn } from './transfer.ts'
import { modelChoices, vocabularyOf } from './vocabulary.ts'

/** Answers requests by posting replies; the reports of a training are posted unasked. */
export function openDesk(host: Host): (request: Request) => Promise<void> {
  const post = (message: Reply | Report) => host.post(message, buffersIn(message))
  const handlers = handlersOn(host, post)
  return async ({ id, command, given }) => {
    try {
      // The table of commands pairs each name with what it is given; the union of them forgets that.
      const answer = handlers[command] as (given: unknown) => Promise<Commands[CommandName]['gives']>
      post({ id, gives: await answer(given) })
    } catch (error) {
      post({ id, failure: failureOf(error) })
    }
  }
}

function handlersOn(host: Host, tell: (report: Report) => void): Handlers {
  const engines = new Engines(host)
  let open: Dataset | undefined
  /** Tables that data sets were read from, for as long as anybody has those. */
  const streams = new WeakMap<Dataset, TableStream>()
  const dataset = () => open ?? refuseWithoutData()
  const { handlers, course } = trainingDesk({ engines, dataset, tell })
  return {
    ...handlers,
    ...exploringDesk({ host, engines, course, streamOf: (dataset) => streams.get(dataset) }),
    vocabulary: () => vocabularyOf(engines),
    modelChoices,
    ping: async () => null,
    async openData(source) {
      const opened = await openData(source, host)
      open = opened.dataset
      if (opened.stream) streams.set(opened.dataset, opened.stream)
      return opened.card
    },
    explain: async (draft) => explained(draft, dataset()),
    async diagnose(recorded) {
      await loadRecipe(recorded.recipe)
      return diagnose(recorded)
    },
    async mended({ recipe, options }) {
      await loadRecipe(recipe)
      return mended(recipe, options)
    },
  }
}

function refuseWithoutData(): never {
  throw studioError({
    code: 'studio/no-data',
    seen: 'no open data',
    wanted: 'examples to learn from',
    fix: 'choose digits, or drop a file',
  })
}
