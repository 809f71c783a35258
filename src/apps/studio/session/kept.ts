import type { EpochEvent } from '../../../inside.ts'
import type { DataSource, Snapshot } from '../protocol.ts'
import type { KnownRun } from './known-run.ts'
import { livingTrainings } from './living.ts'

/** A training as the page keeps it, so that a reload or a crash loses at most the last seconds. */
export interface Kept {
  readonly snapshot: Snapshot
  readonly history: Readonly<Record<string, Float64Array<ArrayBuffer>>>
  readonly epochs: readonly EpochEvent[]
}

/** Keeps the last training of each tab and what others came to in IndexedDB; a page without that keeps them in memory alone. */
export interface Keeper {
  /**
   * Both or neither, so that a snapshot never lies beside another training's data; data that lie there already under the
   * same `id` are not written again. What tabs left that are gone goes. Rejects where there is no room.
   */
  keep(kept: Kept, source: DataSource, id: string): Promise<void>
  /** The newest training of a tab that is gone. */
  read(): Promise<{ readonly kept: Kept; readonly source: DataSource } | undefined>
  /** Forgets the training of this `id` and those of tabs that are gone. */
  forget(id: string): Promise<void>
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

export function openKeeper(): Keeper {
  const database = opened()
  const inStore = async <Result>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result | undefined> => {
    const store = (await database)?.transaction(STORE, mode).objectStore(STORE)
    return store && settled(act(store))
  }
  /** Removes what no open tab trains. */
  const clear = (store: IDBObjectStore, living: ReadonlySet<string>) => {
    const keys = store.getAllKeys()
    keys.addEventListener('success', () => {
      for (const key of keys.result)
        if (key !== RUNS && !living.has(String(key).replace(/^\w+ /, ''))) store.delete(key)
    })
    return keys
  }
  return {
    async keep(kept, source, id) {
      const living = new Set([...(await livingTrainings()), id])
      await inStore('readwrite', (store) => {
        clear(store, living)
        const found = store.getKey(`source ${id}`)
        found.addEventListener('success', () => {
          if (found.result === undefined) store.put(source, `source ${id}`)
        })
        return store.put({ kept, at: Date.now() } satisfies Entry, `kept ${id}`)
      })
    },
    async forget(id) {
      const living = new Set(await livingTrainings())
      living.delete(id)
      await inStore('readwrite', (store) => clear(store, living))
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
    async read() {
      const living = await livingTrainings()
      const keys = (await inStore('readonly', (store) => store.getAllKeys())) ?? []
      const ids = keys.flatMap((key) => ENTRY.exec(String(key))?.[1] ?? [])
      let newest: { readonly id: string; readonly entry: Entry } | undefined
      for (const id of ids.filter((id) => !living.has(id))) {
        const entry = await inStore<Entry>('readonly', (store) => store.get(`kept ${id}`))
        if (entry && entry.at > (newest?.entry.at ?? 0)) newest = { id, entry }
      }
      if (!newest) return undefined
      const { id, entry } = newest
      const source = await inStore<DataSource | undefined>('readonly', (store) => store.get(`source ${id}`))
      return source && { kept: entry.kept, source }
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
