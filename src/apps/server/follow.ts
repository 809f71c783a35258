import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EVENTS, type LoggedEvent, type LogPlace, RECIPE, readAdded } from '../../inside.node.ts'

/** Pause between two looks at a log. */
const LOOK_MS = 250

/** What is new in a run. */
export type News =
  /** Events that were added; `at` is the place after them. */
  | { readonly kind: 'events'; readonly events: readonly LoggedEvent[]; readonly at: string }
  /** The log was begun anew, as when a run is gone on with: what was said before does not hold. */
  | { readonly kind: 'again' }
  /** The run came to its end, of whatever kind. The last. */
  | { readonly kind: 'end' }
  /** The folder is no run any more. The last. */
  | { readonly kind: 'gone' }

export interface FollowOptions {
  /** A place that `events` told; default: the log's beginning. */
  readonly from?: string | undefined
  readonly signal?: AbortSignal
}

/** A log file as it is: a file that took another's place has another identity. */
interface Look {
  readonly identity: string
  readonly size: number
}

/**
 * Follows the log of a run that is being trained, maybe by another process, until it ends or its folder is gone.
 *
 * Looks at the log instead of being told by the system: watching files fails quietly on some file systems.
 */
export async function* follow(path: string, { from, signal }: FollowOptions = {}): AsyncGenerator<News> {
  const log = join(path, EVENTS)
  let [identity, told] = placeIn(from)
  let place: LogPlace = { bytes: 0, events: 0 }
  let isRead = false
  while (!signal?.aborted) {
    if (!existsSync(join(path, RECIPE))) return yield { kind: 'gone' }
    const look = await lookAt(log)
    if (look && (!isRead || look.size !== place.bytes || look.identity !== identity)) {
      const isAnew = isRead && (look.identity !== identity || look.size < place.bytes)
      const added = await readAdded(log, isAnew ? { bytes: 0, events: 0 } : place)
      place = added.place
      if (isAnew || (identity !== undefined && look.identity !== identity) || place.events < told) {
        told = 0
        yield { kind: 'again' }
      }
      const events = added.events.slice(Math.max(0, told - (place.events - added.events.length)))
      isRead = true
      identity = look.identity
      told = place.events
      if (events.length > 0) yield { kind: 'events', events, at: `${identity}:${told}` }
      if (added.events.at(-1)?.kind === 'end') return yield { kind: 'end' }
    }
    await sleep(LOOK_MS, undefined, signal ? { signal } : {}).catch(() => undefined)
  }
}

function placeIn(from: string | undefined): [string | undefined, number] {
  const [, identity, told] = /^(\d+):(\d+)$/.exec(from ?? '') ?? []
  return identity === undefined ? [undefined, 0] : [identity, Number(told)]
}

async function lookAt(file: string): Promise<Look | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined)
  return found && { identity: String(found.ino), size: Number(found.size) }
}
