import { vi } from 'vitest'

/** One browser with several tabs: a store that all have, locks that go with their tab, and each tab's own session storage. */
export function browser() {
  const records = new Map<string, unknown>()
  const locks = new Map<string, object>()
  vi.stubGlobal('indexedDB', { open: () => settles(() => ({ transaction: () => transaction(records) })) })
  const open = () => {
    const session = new Map<string, string>()
    let page = {}
    const enter = () => {
      vi.stubGlobal('navigator', { locks: locksOf(page, locks) })
      vi.stubGlobal('sessionStorage', {
        getItem: (key: string) => session.get(key) ?? null,
        setItem: (key: string, value: string) => session.set(key, value),
      })
    }
    /** The page is gone; the tab may load it again. */
    const unload = () => {
      for (const [name, holder] of locks) if (holder === page) locks.delete(name)
      page = {}
    }
    return { enter, unload }
  }
  return { records, open }
}

interface Settling<Result> {
  result?: Result
  onsuccess?: () => void
  addEventListener(type: string, listen: () => void): void
}

function settles<Result>(act: () => Result, then = () => {}): Settling<Result> {
  const listeners: (() => void)[] = []
  const request: Settling<Result> = { addEventListener: (_type, listen) => listeners.push(listen) }
  setTimeout(() => {
    request.result = act()
    for (const listen of [request.onsuccess, ...listeners]) listen?.()
    then()
  })
  return request
}

function transaction(records: Map<string, unknown>) {
  const own: { mode: string; oncomplete?: () => void } = { mode: 'readwrite' }
  let open = 0
  let isAborted = false
  const asks = <Result>(act: () => Result) => {
    open++
    const request = settles(
      (): Result | undefined => (isAborted ? undefined : act()),
      () => {
        if (--open === 0) setTimeout(() => own.oncomplete?.())
      },
    )
    return Object.assign(request, { transaction: own })
  }
  const objectStore = () => ({
    get: (key: string) => asks(() => records.get(key)),
    getAllKeys: () => asks(() => [...records.keys()]),
    count: () => asks(() => records.size),
    put: (value: unknown, key: string) => {
      const copy = structuredClone(value)
      return asks(() => records.set(key, copy))
    },
    delete: (key: string) => asks(() => records.delete(key)),
  })
  const abort = () => {
    isAborted = true
  }
  return { objectStore, abort }
}

function locksOf(page: object, locks: Map<string, object>) {
  return {
    async request(name: string, ...rest: unknown[]) {
      const use = rest.at(-1) as (lock: object | null) => Promise<void> | undefined
      if (locks.has(name)) return use(null)
      locks.set(name, page)
      await use({})
      locks.delete(name)
    },
    query: async () => ({ held: [...locks.keys()].map((name) => ({ name })) }),
  }
}
