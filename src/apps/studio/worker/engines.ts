import { BetavaeError, type Engine, openEngine } from '../../../inside.ts'
import type { EngineChoice } from '../protocol.ts'
import type { Host } from './host.ts'

/** Opens each engine once. */
export class Engines {
  readonly #host: Host
  readonly #opened = new Map<string, Promise<Engine>>()

  constructor(host: Host) {
    this.#host = host
  }

  /** The engine of this name, or for `auto` the best there is. */
  open(name: string, threads?: number): Promise<Engine> {
    const key = `${name} ${threads ?? ''}`
    const known = this.#opened.get(key)
    if (known) return known
    const { candidates, wasmPaths } = this.#host
    const options = { ...(threads ? { threads } : {}), ...(wasmPaths ? { wasmPaths } : {}) }
    const opened = openEngine(candidates, name, options).then(({ engine }) => engine)
    // What did not open may open another time.
    opened.catch(() => this.#opened.delete(key))
    this.#opened.set(key, opened)
    return opened
  }

  /** What can be chosen here; the reference is for checking others. */
  choices(): Promise<EngineChoice[]> {
    return Promise.all(
      this.#host.candidates
        .filter(({ name }) => name !== 'reference')
        .map(async ({ name, unfit }): Promise<EngineChoice> => {
          try {
            const reason = await unfit?.()
            return { name, available: true, ...(reason === undefined ? {} : { reason }) }
          } catch (error) {
            return {
              name,
              available: false,
              reason: error instanceof BetavaeError ? error.seen : String(error),
            }
          }
        }),
    )
  }
}
