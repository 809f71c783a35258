import { failureOf } from '../failure.ts'
import { follow } from '../follow.ts'
import type { Route, ServerEvent } from '../route.ts'

/**
 * What happens in a run, as server-sent events, from its beginning or from where a reader left off: `events` with a
 * list of them, `again` before a log that was begun anew, and as the last one `end`, `gone` or `failed`.
 */
export const events: Route = {
  path: 'runs/:id/events',
  async answer({ catalog, id, lastEvent, signal }) {
    const { path } = await catalog.run(id)
    return { events: told(path, { from: lastEvent, signal }) }
  },
}

async function* told(path: string, options: Parameters<typeof follow>[1]): AsyncGenerator<ServerEvent> {
  try {
    for await (const news of follow(path, options))
      yield news.kind === 'events'
        ? { event: 'events', data: news.events, id: news.at }
        : { event: news.kind, data: null }
  } catch (error) {
    yield { event: 'failed', data: failureOf(error) }
  }
}
