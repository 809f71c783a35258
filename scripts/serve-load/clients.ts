/** Many clients of a server at once, each on a connection of its own, with one request at a time. */
import { connect, type Socket } from 'node:net'

export interface Load {
  readonly port: number
  readonly path: string
  readonly clients: number
  readonly seconds: number
  /** Bodies that are sent in turn. */
  readonly bodies: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  /** Looks at an answer; what it says counts as an error. */
  check?(body: string, sent: number): string | undefined
  /** Whether it is enough before the time is over. */
  until?(): boolean
}

export interface Loaded {
  readonly requests: number
  readonly seconds: number
  /** Statuses other than 200, wrong answers and lost requests, by what they are. */
  readonly errors: Readonly<Record<string, number>>
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly most: number
}

/** Asks until the time is over, or nobody takes connections any more. */
export async function underLoad(load: Load): Promise<Loaded> {
  const times: number[] = []
  const errors: Record<string, number> = {}
  const began = performance.now()
  const until = began + load.seconds * 1000
  const tell = (error: string) => {
    errors[error] = (errors[error] ?? 0) + 1
  }
  const requests = requestsOf(load)
  await Promise.all(
    Array.from({ length: load.clients }, (_, at) => client(load, requests, { at, until, times, tell })),
  )
  const seconds = (performance.now() - began) / 1000
  const sorted = Float64Array.from(times).sort()
  const quantile = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return {
    ...{ requests: times.length, seconds, errors, perSecond: times.length / seconds },
    ...{ p50: quantile(0.5), p99: quantile(0.99), most: quantile(1) },
  }
}

function requestsOf({ path, bodies, headers = {}, port }: Load): Buffer[] {
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, 'Content-Type': 'application/json', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  return bodies.map((body) =>
    Buffer.from(`POST ${path} HTTP/1.1\r\n${lines}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`),
  )
}

interface Run {
  readonly at: number
  readonly until: number
  readonly times: number[]
  tell(error: string): void
}

/** One client: it opens another connection where the server closes one, and ends where none is taken. */
async function client(
  load: Load,
  requests: readonly Buffer[],
  { at, until, times, tell }: Run,
): Promise<void> {
  let next = at
  const goesOn = () => performance.now() < until && !load.until?.()
  while (goesOn()) {
    const socket = await connected(load.port)
    if (!socket) return
    for (let isOpen = true; isOpen && goesOn(); ) {
      const sent = next++ % requests.length
      const began = performance.now()
      const answer = await answered(socket, requests[sent])
      if (!answer) {
        tell('lost')
        break
      }
      times.push(performance.now() - began)
      if (answer.status !== 200) tell(String(answer.status))
      else {
        const wrong = load.check?.(answer.body, sent)
        if (wrong) tell(wrong)
      }
      isOpen = !answer.closes
    }
    socket.destroy()
  }
}

const connected = (port: number): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket)).once('error', () => resolve(undefined))
  })

interface Answer {
  readonly status: number
  readonly body: string
  readonly closes: boolean
}

/** Sends a request; undefined where the connection ends before the answer has come. */
function answered(socket: Socket, request: Buffer): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    let got: Buffer = Buffer.alloc(0)
    const end = (answer: Answer | undefined) => {
      socket.removeAllListeners()
      // Without a listener an error that comes late would end the process.
      socket.on('error', () => undefined)
      resolve(answer)
    }
    socket.on('data', (piece) => {
      got = got.length === 0 ? piece : Buffer.concat([got, piece])
      const answer = answerIn(got)
      if (answer) end(answer)
    })
    socket.on('close', () => end(undefined))
    socket.on('error', () => end(undefined))
    socket.write(request)
  })
}

function answerIn(got: Buffer): Answer | undefined {
  const end = got.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = got.toString('latin1', 0, end)
  const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0)
  if (got.length < end + 4 + length) return undefined
  return {
    status: Number(head.slice(9, 12)),
    body: got.toString('utf8', end + 4, end + 4 + length),
    closes: /connection: *close/i.test(head),
  }
}
