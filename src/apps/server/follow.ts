import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type LoggedEvent, openRun, type RunDirectory } from '../../inside.node.ts'

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
  let [identity, told] = placeIn(from)
  let size = -1
  while (!signal?.aborted) {
    const directory = await runAt(path)
    if (!directory) return yield { kind: 'gone' }
    const look = await lookAt(join(path, 'events.jsonl'))
    if (look && (look.size !== size || look.identity !== identity)) {
      const events = await directory.events()
      if (identity !== undefined && (look.identity !== identity || events.length < told)) {
        told = 0
        yield { kind: 'again' }
      }
      identity = look.identity
      size = look.size
      const added = events.slice(told)
      told = events.length
      if (added.length > 0) yield { kind: 'events', events: added, at: `${identity}:${told}` }
      if (events.at(-1)?.kind === 'end') return yield { kind: 'end' }
    }
    await sleep(LOOK_MS, undefined, signal ? { signal } : {}).catch(() => undefined)
  }
}

function placeIn(from: string | undefined): [string | undefined, number] {
  const [, identity, told] = /^(\d+):(\d+)$/.exec(from ?? '') ?? []
  return identity === undefined ? [undefined, 0] : [identity, Number(told)]
}

/** The run at a place; undefined where there is none any more. Other errors, such as a broken recipe's, are thrown. */
async function runAt(path: string): Promise<RunDirectory | undefined> {
  try {
    return await openRun(path)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'runs/not-a-run') return undefined
    throw error
  }
}

async function lookAt(file: string): Promise<Look | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined)
  return found && { identity: String(found.ino), size: Number(found.size) }
}
