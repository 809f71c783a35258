import type { EpochEvent } from '../../../inside.ts'
import type { DataSource, Snapshot } from '../protocol.ts'
import type { KnownRun } from './known-run.ts'

/** A training as the page keeps it, so that a reload or a crash loses at most the last seconds. */
export interface Kept {
  readonly snapshot: Snapshot
  readonly history: Readonly<Record<string, Float64Array<ArrayBuffer>>>
  readonly epochs: readonly EpochEvent[]
}

/** Keeps the last training and what others came to in IndexedDB; a page without that keeps them in memory alone. */
export interface Keeper {
  /**
   * Both or neither, so that a snapshot never lies beside another training's data; data that lie there already under the
   * same `id` are not written again. Rejects where there is no room.
   */
  keep(kept: Kept, source: DataSource, id: string): Promise<void>
  read(): Promise<{ readonly kept: Kept; readonly source: DataSource } | undefined>
  forget(): Promise<void>
  /** What trainings that have ended came to. Rejects where there is no room. */
  keepRuns(runs: readonly KnownRun[]): Promise<void>
  readRuns(): Promise<readonly KnownRun[] | undefined>
}

const DATABASE = 'betavae-studio'
const STORE = 'training'

export function openKeeper(): Keeper {
  const database = opened()
  const inStore = async <Result>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result | undefined> => {
    const store = (await database)?.transaction(STORE, mode).objectStore(STORE)
    return store && settled(act(store))
  }
  return {
    async keep(kept, source, id) {
      await inStore('readwrite', (store) => {
        const found = store.get('id')
        found.onsuccess = () => {
          if (found.result === id) return
          store.put(source, 'source')
          store.put(id, 'id')
        }
        return store.put(kept, 'kept')
      })
    },
    async forget() {
      await inStore('readwrite', (store) => {
        for (const key of ['kept', 'source']) store.delete(key)
        return store.delete('id')
      })
    },
    keepRuns: async (runs) => void (await inStore('readwrite', (store) => store.put(runs, 'runs'))),
    readRuns: () => inStore<readonly KnownRun[]>('readonly', (store) => store.get('runs')),
    async read() {
      const kept = await inStore<Kept | undefined>('readonly', (store) => store.get('kept'))
      const source = await inStore<DataSource | undefined>('readonly', (store) => store.get('source'))
      return kept && source ? { kept, source } : undefined
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
