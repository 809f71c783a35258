import type { EpochEvent } from '../../../inside.ts'
import type { DataSource, Snapshot } from '../protocol.ts'
import type { KnownRun } from './known-run.ts'
import { claimTraining, livingTrainings } from './living.ts'

/** A training as the page keeps it, so that a reload or a crash loses at most the last seconds. */
export interface Kept {
  readonly snapshot: Snapshot
  readonly history: Readonly<Record<string, Float64Array<ArrayBuffer>>>
  readonly epochs: readonly EpochEvent[]
}

/** What a tab that is gone left, now this tab's. */
export interface Found {
  readonly id: string
  readonly kept: Kept
  readonly source: DataSource
  /** Gives it back, so that it is offered to other tabs again. */
  release(): void
}

/** Keeps the last training of each tab and what others came to in IndexedDB; a page without that keeps them in memory alone. */
export interface Keeper {
  /**
   * Both or neither, so that a snapshot never lies beside another training's data; data that lie there already under the
   * same `id` are not written again. Those that it `replaces` go with the same stroke. Rejects where there is no room.
   */
  keep(kept: Kept, source: DataSource, id: string, replaces?: readonly string[]): Promise<void>
  /** Takes the training called `own`, else the newest one, of those that no open tab holds. */
  read(own?: string): Promise<Found | undefined>
  /** Forgets the trainings of these ids. */
  forget(ids: readonly string[]): Promise<void>
  /** Changes what trainings that have ended came to, as it stands in all tabs; gives what it is then. Rejects where there is no room. */
  changeRuns(change: RunsChange): Promise<readonly KnownRun[] | undefined>
  readRuns(): Promise<readonly KnownRun[] | undefined>
}

export type RunsChange = (runs: readonly KnownRun[]) => readonly KnownRun[]

/** What lies under `kept <id>`; its data lie under `source <id>`, since they are large and stay the same. */
interface Entry {
  readonly kept: Kept
  /** When it was kept. */
  readonly at: number
}

const DATABASE = 'betavae-studio'
const STORE = 'training'
const RUNS = 'runs'
const ENTRY = /^kept (.*)$/
/** Of what tabs left that are gone: so many are kept, and for so many milliseconds. */
const MOST_LEFT = 5
const LONGEST_LEFT = 7 * 24 * 3600 * 1000

export function openKeeper(): Keeper {
  const database = opened()
  const inStore = async <Result>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result | undefined> => {
    const transaction = (await database)?.transaction(STORE, mode)
    if (!transaction) return undefined
    let request: IDBRequest<Result>
    try {
      request = act(transaction.objectStore(STORE))
    } catch (error) {
      // What cannot be written throws at once; without this, what was asked before it would be done.
      transaction.abort()
      throw error
    }
    return settled(request)
  }
  const get = <Value>(key: string) =>
    inStore<Value | undefined>('readonly', (store) => store.get(key) as IDBRequest<Value | undefined>)
  const keysOf = async () => ((await inStore('readonly', (store) => store.getAllKeys())) ?? []).map(String)
  /** Ids of what is kept, newest first, and when it was. */
  const entriesOf = async (keys: readonly string[]) => {
    const found: { readonly id: string; readonly at: number }[] = []
    // One after another: each holds all of a model.
    for (const id of keys.flatMap((key) => ENTRY.exec(key)?.[1] ?? []))
      found.push({ id, at: (await get<Entry>(`kept ${id}`))?.at ?? 0 })
    return found.sort((a, b) => b.at - a.at)
  }
  /** Ids of what lies there that no open tab holds and that is old or beyond the newest ones. */
  const staleIds = async (): Promise<readonly string[]> => {
    const keys = (await keysOf()).filter((key) => key !== RUNS)
    const living = await livingTrainings()
    const left = (await entriesOf(keys)).filter(({ id }) => !living.has(id)).slice(0, MOST_LEFT)
    const fresh = left.filter(({ at }) => Date.now() - at < LONGEST_LEFT).map(({ id }) => id)
    const stay = new Set([...living, ...fresh])
    return keys.map((key) => key.replace(/^\w+ /, '')).filter((id) => !stay.has(id))
  }
  const remove = (store: IDBObjectStore, ids: readonly string[]) => {
    for (const id of ids) {
      store.delete(`kept ${id}`)
      store.delete(`source ${id}`)
    }
  }
  return {
    async keep(kept, source, id, replaces = []) {
      // Only a first snapshot adds to what lies there, and looking at all of it takes time.
      const isFirst = !(await keysOf()).includes(`source ${id}`)
      const gone = isFirst ? (await staleIds()).filter((other) => other !== id) : []
      await inStore('readwrite', (store) => {
        remove(store, [...gone, ...replaces])
        if (isFirst) store.put(source, `source ${id}`)
        return store.put({ kept, at: Date.now() } satisfies Entry, `kept ${id}`)
      })
    },
    async forget(ids) {
      await inStore('readwrite', (store) => {
        remove(store, ids)
        return store.count()
      })
    },
    async changeRuns(change) {
      let runs: readonly KnownRun[] | undefined
      await inStore('readwrite', (store) => {
        const found: IDBRequest<readonly KnownRun[] | undefined> = store.get(RUNS)
        found.addEventListener('success', () => {
          runs = change(found.result ?? [])
          store.put(runs, RUNS)
        })
        return found
      })
      return runs
    },
    readRuns: () => inStore<readonly KnownRun[]>('readonly', (store) => store.get(RUNS)),
    async read(own) {
      const ids = (await entriesOf(await keysOf())).map(({ id }) => id)
      for (const id of [...ids.filter((id) => id === own), ...ids.filter((id) => id !== own)]) {
        const release = await claimTraining(id)
        if (!release) continue
        // Read only now: until it was taken, another tab may have gone on from it.
        const entry = await get<Entry>(`kept ${id}`)
        const source = await get<DataSource>(`source ${id}`)
        if (entry && source) return { id, kept: entry.kept, source, release }
        release()
      }
      return undefined
    },
  }
}

/** Undefined where a page may not keep anything. */
async function opened(): Promise<IDBDatabase | undefined> {
  if (typeof indexedDB === 'undefined') return undefined
  try {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    return await settled(request)
  } catch {
    return undefined
  }
}

/** A write counts when its transaction has ended: only then is it known that there was room. */
function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const { transaction } = request
      if (transaction?.mode !== 'readwrite') return resolve(request.result)
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
    }
  })
}
