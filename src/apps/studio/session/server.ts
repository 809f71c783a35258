/** The page's side of `betavae studio`: the runs on the disk of whoever serves the page. */
import type { LoggedEvent } from '../../../inside.ts'
import type { ExampleSet, Failure } from '../protocol.ts'
import { type RunList, SERVED, type ServedRun, type SweepList } from './answers.ts'
import { examplesIn } from './example-bytes.ts'
import { StudioError } from './studio-error.ts'

/** What a reader of a run in training is told, in order; after `onEnd`, `onGone` or `onFailure` nothing more. */
export interface RunReader {
  /** Events since the last call, the first time all there are. */
  onEvents(events: readonly LoggedEvent[]): void
  /** The log was begun anew: what was told before does not hold. */
  onAgain(): void
  onEnd(): void
  /** The folder of the run was removed. */
  onGone(): void
  onFailure(failure: Failure): void
  /** Whether the server can be reached; it is tried again by itself. */
  onConnection(connected: boolean): void
}

export interface ExamplesRequest {
  /** At most; default 1,000. */
  readonly rows?: number
  /** test, validation or train; default: the first of them that holds any. */
  readonly split?: string
}

/** What `betavae studio` gives. All reject with a `StudioError`. */
export interface StudioServer {
  /** Of betavae. */
  readonly version: string
  runs(): Promise<RunList>
  run(id: string): Promise<ServedRun>
  sweeps(): Promise<SweepList>
  /** The model of a run as safetensors: the finished one, or where it stood at its last checkpoint. */
  weights(id: string): Promise<Uint8Array<ArrayBuffer>>
  examples(id: string, request?: ExamplesRequest): Promise<ExampleSet>
  /** Follows a run that may be in training; gives what ends that. */
  follow(id: string, reader: RunReader): () => void
}

/** The server of this page; undefined where the page lies on a web server that is none of ours. */
export function studioServer(): StudioServer | undefined {
  if (typeof document === 'undefined') return undefined
  const version = document.querySelector<HTMLMetaElement>(`meta[name="${SERVED}"]`)?.content
  if (version === undefined) return undefined
  const addressOf = (id: string, part = '') => `runs/${encodeURIComponent(id)}${part}`
  return {
    version,
    runs: async () => (await get('runs')).json(),
    run: async (id) => (await get(addressOf(id))).json(),
    sweeps: async () => (await get('sweeps')).json(),
    weights: async (id) => new Uint8Array(await (await get(addressOf(id, '/weights'))).arrayBuffer()),
    async examples(id, { rows, split } = {}) {
      const query = new URLSearchParams({
        ...(rows ? { rows: String(rows) } : {}),
        ...(split ? { split } : {}),
      })
      const answer = await get(`${addressOf(id, '/examples')}?${query}`)
      return examplesIn(await answer.arrayBuffer())
    },
    follow: (id, reader) => follow(addressOf(id), reader),
  }
}

const api = (address: string): URL => new URL(`api/${address}`, document.baseURI)

async function get(address: string): Promise<Response> {
  const response = await fetch(api(address)).catch(() => undefined)
  if (!response) throw new StudioError(unreachable)
  if (response.ok) return response
  const { failure } = (await response.json().catch(() => ({}))) as { failure?: Failure }
  throw new StudioError(failure ?? refused(response.status))
}

const unreachable: Failure = {
  code: 'studio/unreachable',
  seen: 'no answer from betavae studio',
  wanted: 'its server to run on this machine',
  fix: 'start betavae studio again in its terminal; what is trained in this page goes on',
}

const refused = (status: number): Failure => ({
  code: 'studio/refused',
  seen: `an answer of status ${status} from betavae studio`,
  wanted: 'status 200',
  fix: 'reload the page',
})

const streamless: Failure = {
  code: 'studio/refused',
  seen: 'no stream of what happens in a run from betavae studio',
  wanted: 'one for as long as it trains',
  fix: 'reload the page',
}

function follow(run: string, reader: RunReader): () => void {
  const source = new EventSource(api(`${run}/events`))
  const on = (name: string, tell: (data: string) => void, isLast = false) =>
    source.addEventListener(name, ({ data }: MessageEvent<string>) => {
      if (isLast) source.close()
      tell(data)
    })
  on('events', (data) => reader.onEvents(JSON.parse(data)))
  on('again', () => reader.onAgain())
  on('end', () => reader.onEnd(), true)
  on('gone', () => reader.onGone(), true)
  on('failed', (data) => reader.onFailure(JSON.parse(data)), true)
  source.onopen = () => reader.onConnection(true)
  source.onerror = () => {
    reader.onConnection(false)
    // The browser tries again by itself, except where the answer was no stream of events: what it was is asked anew.
    if (source.readyState === EventSource.CLOSED) void tellWhy(run, reader)
  }
  return () => source.close()
}

/** Tells a reader why there is no stream of events of a run. */
async function tellWhy(run: string, reader: RunReader): Promise<void> {
  const failure = await get(run).then(
    () => streamless,
    (error: unknown) => (error instanceof StudioError ? error.failure : streamless),
  )
  if (failure.code === 'studio/no-such-run') reader.onGone()
  else reader.onFailure(failure)
}
