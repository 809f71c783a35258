import { readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { type Part, type PartRecord, recordOf } from '../../../base/parts.ts'
import { commandLine } from '../../../base/shell-word.ts'
import { partsOf } from '../../../recipe/bring.ts'
import { WEIGHTS } from '../../../runs/node/finished-model.ts'
import { openRunWith } from '../parts.ts'
import { type AnsweredBatch, Generation, type ServingLimits } from './generation.ts'
import type { ServedFacts } from './protocol.ts'
import { addSeen, type SeenRows } from './seen-rows.ts'

export interface ServedModelOptions {
  /** A run, or a weights.safetensors. */
  readonly place: string
  readonly name: string
  readonly parts: readonly Part[]
  readonly threads: number
  readonly limits: ServingLimits
  readonly mostRows: number
  readonly unseen: 'missing' | 'error'
  batch(model: ServedModel, batch: AnsweredBatch): void
  log(what: string): void
}

/** Scored rows that drift is told of: between so many and twice as many. */
const WINDOW = 5000

/** A model under a name, whose versions follow each other without a request that is lost. */
export class ServedModel {
  readonly name: string
  readonly #options: ServedModelOptions
  #current: Generation | undefined
  #opening: Generation | undefined
  #isOver = false
  #facts: ServedFacts | undefined
  #mark = ''
  #loading: Promise<boolean> | undefined
  #next: Promise<boolean> | undefined
  #windows: (SeenRows | undefined)[] = [undefined, undefined]

  constructor(options: ServedModelOptions) {
    this.name = options.name
    this.#options = options
  }

  /** The version at work. Errors: `serve/not-ready`. */
  get current(): Generation {
    return this.#current ?? notReady(this.name)
  }

  get isOpen(): boolean {
    return this.#current !== undefined
  }

  /** Whether somebody is there who answers. */
  get isReady(): boolean {
    return this.#current?.live === true
  }

  /** What the version at work says of itself. */
  get facts(): ServedFacts {
    return this.#facts ?? notReady(this.name)
  }

  /** Counts of the last rows that were scored. */
  get seen(): SeenRows | undefined {
    const [before, now] = this.#windows
    return before && now ? addSeen(before, now) : (now ?? before)
  }

  /**
   * Opens what lies there now, and lets it take over when it is ready; false where it is the same. Who asks while one is
   * opened waits for what lies there after that. Errors: those of opening; the version at work stays then.
   */
  load(): Promise<boolean> {
    if (this.#loading) {
      const after = () => {
        this.#next = undefined
        return this.load()
      }
      this.#next ??= this.#loading.then(after, after)
      return this.#next
    }
    this.#loading = this.#load().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  /** Whether another file lies there than was looked at last. */
  async isChanged(): Promise<boolean> {
    return (await this.#markNow().catch(() => this.#mark)) !== this.#mark
  }

  /** Resolves when everything that was asked is answered. */
  async leave(): Promise<void> {
    await this.#current?.leave()
  }

  /** Ends at once, and what is being opened as well. */
  end(): void {
    this.#isOver = true
    this.#opening?.end()
    this.#current?.end()
  }

  async #load(): Promise<boolean> {
    const { threads, limits, mostRows, unseen, parts, log, place } = this.#options
    const { path, brought } = await found(place, parts)
    this.#mark = await this.#markNow()
    const own = await readFile(path)
    const version = await versionOf(own)
    if (this.#isOver || this.#current?.version === version) return false
    // One copy for all threads, so that none opens another version.
    const bytes = new Uint8Array(new SharedArrayBuffer(own.length))
    bytes.set(own)
    const model = { name: this.name, version }
    const next = new Generation({ bytes, file: path, model, brought, unseen, mostRows }, threads, limits, {
      batch: (batch) => this.#take(next, batch),
      log,
    })
    this.#opening = next
    const facts = await next.facts.catch((error: unknown) =>
      this.#isOver ? undefined : Promise.reject(error),
    )
    this.#opening = undefined
    if (this.#isOver || !facts) {
      next.end()
      return false
    }
    const before = this.#current
    this.#current = next
    this.#facts = facts
    this.#windows = [undefined, undefined]
    void before?.leave()
    return true
  }

  async #markNow(): Promise<string> {
    const { ino, size, mtimeMs } = await stat(await weightsAt(this.#options.place))
    return `${ino} ${size} ${mtimeMs}`
  }

  #take(from: Generation, batch: AnsweredBatch): void {
    const { seen } = batch
    if (seen && from === this.#current) {
      const now = addSeen(this.#windows[1], seen)
      this.#windows = now.rows < WINDOW ? [this.#windows[0], now] : [now, undefined]
    }
    this.#options.batch(this, batch)
  }
}

/** The first digits of its SHA-256, which is computed beside this thread: a large file would hold the event loop. */
const versionOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes))
    .toString('hex')
    .slice(0, 16)

async function weightsAt(place: string): Promise<string> {
  const about = await stat(place).catch(() => undefined)
  return about?.isDirectory() ? join(place, WEIGHTS) : place
}

/** The file of a model, and the modules of the parts that it is made with. Errors: `open/missing`, `runs/unfinished`. */
async function found(
  place: string,
  given: readonly Part[],
): Promise<{ path: string; brought: readonly PartRecord[] }> {
  const about = await stat(place).catch(() => undefined)
  if (!about)
    return fail({
      code: 'open/missing',
      seen: `no file and no run "${place}"`,
      wanted: 'the folder of a run, or a weights.safetensors',
      fix: 'check the path; runs are in the folder runs',
      usage: true,
    })
  const path = await weightsAt(place)
  const parts = about.isDirectory() ? partsOf((await openRunWith(place, { parts: given })).recipe) : given
  if (!(await stat(path).catch(() => undefined)))
    return fail({
      code: 'runs/unfinished',
      seen: `run "${place}" without a finished model`,
      wanted: 'a run that has come to its end',
      fix: `go on with: ${commandLine('resume', place)}`,
      usage: true,
    })
  return { path, brought: parts.map(recordOf).filter(({ module }) => module !== undefined) }
}

/** What a model is called where nobody says: its folder, or its file without an ending. */
export const nameOfPlace = (place: string): string => basename(resolve(place)).replace(/\.safetensors$/, '')

const notReady = (name: string): never =>
  fail({
    code: 'serve/not-ready',
    seen: `model "${name}", which is not open yet`,
    wanted: 'one that is',
    fix: 'wait until GET /health/ready answers 200',
  })
