import type { Catalog } from './catalog.ts'

/** What a route is asked. */
export interface Question {
  readonly catalog: Catalog
  /** What stood in the place of `:id`; '' where a route has none. */
  readonly id: string
  readonly query: URLSearchParams
  /** The last event that a reader of events has had, where it comes back. */
  readonly lastEvent: string | undefined
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

/** JSON, bytes, or events one after another as they happen. */
export type Answer =
  | { readonly json: unknown }
  | { readonly bytes: Uint8Array; readonly type: string }
  | { readonly events: AsyncIterable<ServerEvent> }

/** One event of a stream; `id` is what the reader names when it comes back. */
export interface ServerEvent {
  readonly event: string
  readonly data: unknown
  readonly id?: string
}

/** One address below `api/`. */
export interface Route {
  /** Such as `runs/:id/events`; an id is one segment, with `/` as %2F. */
  readonly path: string
  answer(question: Question): Promise<Answer>
}

/** The route that an address below `api/` means, and its id. Throws `URIError` for broken escapes. */
export function routeFor(
  routes: readonly Route[],
  address: string,
): { readonly route: Route; readonly id: string } | undefined {
  const segments = address.split('/')
  for (const route of routes) {
    const names = route.path.split('/')
    const fits = (name: string, i: number) => name === segments[i] || (name === ':id' && segments[i] !== '')
    if (names.length !== segments.length || !names.every(fits)) continue
    return { route, id: decodeURIComponent(segments[names.indexOf(':id')] ?? '') }
  }
  return undefined
}
