import type { IncomingMessage } from 'node:http'

/** Why a request is not answered. */
export interface Refusal {
  readonly status: number
  readonly words: string
}

/** Names by which this machine is asked from itself, as the header `Host` has them. */
export const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * Refuses what the page itself would not ask: other methods, other names of this machine, other sites.
 *
 * A page elsewhere can make its own name mean 127.0.0.1 (DNS rebinding) and would then be of our origin; the `Host` that
 * its browser sends gives it away.
 */
export function refusalOf({ method, headers }: IncomingMessage): Refusal | undefined {
  if (!LOCAL.test(headers.host ?? ''))
    return { status: 403, words: 'this server answers to localhost and 127.0.0.1 alone' }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, words: 'this server only reads' }
  const site = headers['sec-fetch-site'] ?? 'none'
  const isVisit = headers['sec-fetch-mode'] === 'navigate'
  if (site !== 'same-origin' && site !== 'none' && !isVisit)
    return { status: 403, words: 'this server answers to its own page alone' }
  return undefined
}
