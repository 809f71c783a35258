/** Serves models over HTTP. */
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPeer, type Part, promised, ServedModel } from '../../inside.node.ts'
import { addRoutes, type Bindings, type Site } from './app.ts'
import { HeldBytes } from './held-bytes.ts'
import { doorOf } from './keys.ts'
import { type Log, type LogLevel, openLog } from './log.ts'
import { Measures } from './measures.ts'
import { SomeATurn } from './some-a-turn.ts'

export interface ServeOptions {
  readonly models: readonly { readonly name: string; readonly place: string }[]
  readonly port: number
  readonly host: string
  /** Keys, without one of which nobody is answered; none for everybody. */
  readonly keys: readonly string[]
  /** Threads that compute, each with every model. */
  readonly threads: number
  readonly mostBytes: number
  readonly mostRows: number
  readonly mostWaiting: number
  /** Milliseconds from a request to its answer. */
  readonly patience: number
  /** Milliseconds that a stop waits for answers. */
  readonly grace: number
  readonly unseen: 'missing' | 'error'
  /** Whether models that are written anew are taken. */
  readonly watches: boolean
  readonly log: LogLevel
  readonly parts?: readonly Part[]
}

export interface ModelServer {
  readonly url: string
  /** Opens anew what has changed. */
  reload(): Promise<void>
  /** Answers everything that was asked, and ends. */
  stop(): Promise<void>
}

/** Bodies of the greatest size that are held at a time, those that are still coming included. */
const BODIES = 8
const WATCH_MS = 1000
/** Requests that begin in a turn of the event loop: each takes about a tenth of a millisecond. */
const BEGUN_AT_ONCE = 16
/**
 * How long everything goes on after a stop was asked for, but that it is not ready any more, so that those who balance
 * load hear of it. Connections stay open for as long: whoever had to open another would find none that is taken.
 */
const LINGER_MS = 1000
const QUIET_MS = 300

/** Who balances load may ask in HTTP/1.0, which names no host. */
const listenerOptions = { overrideGlobalObjects: false, hostname: 'localhost' }

/** Errors: `peer/missing`, those of opening models, and Node's where the port is taken. */
export async function serveModels(options: ServeOptions): Promise<ModelServer> {
  const { Hono, getRequestListener } = await peers()
  const log = await openLog(options.log)
  const measures = new Measures()
  const models = options.models.map(
    ({ name, place }) => new ServedModel({ ...modelOptions(options, log, measures), name, place }),
  )
  const site = siteOf(options, { models, measures, log })
  const end = async () => {
    for (const model of models) model.end()
    measures.end()
    await log[Symbol.asyncDispose]()
  }
  try {
    await Promise.all(models.map((model) => model.load()))
    const app = new Hono<{ Bindings: Bindings }>()
    addRoutes(app, site)
    const fetch = app.fetch as Parameters<typeof getRequestListener>[0]
    const server = await listening(getRequestListener(fetch, listenerOptions), options)
    measures.begin()
    return runningServer(server, site, options, end)
  } catch (error) {
    await end()
    throw error
  }
}

async function peers() {
  const purpose = 'answers requests'
  const { Hono } = await openPeer<typeof import('hono')>('hono', purpose, ['@hono/node-server', 'pino'])
  const name = '@hono/node-server'
  const { getRequestListener } = await openPeer<typeof import('@hono/node-server')>(name, purpose, ['pino'])
  return { Hono, getRequestListener }
}

const siteOf = (
  { mostBytes, patience, keys, host }: ServeOptions,
  own: Pick<Site, 'models' | 'measures' | 'log'>,
): Site => ({
  ...own,
  ...{ mostBytes, patience, isStopping: false },
  held: new HeldBytes(BODIES * mostBytes),
  door: doorOf(keys, host),
  hasKeys: keys.length > 0,
})

function runningServer(
  server: Server,
  site: Site,
  options: ServeOptions,
  end: () => Promise<void>,
): ModelServer {
  const { models, log } = site
  const reload = () => reloadAll(site)
  const watch = options.watches ? watching(models, reload) : undefined
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const { address, port, family } = server.address() as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  const versions = models.map(({ name, current }) => ({ name, version: current.version }))
  log.info({ url, models: versions, threads: options.threads }, 'answering')
  return {
    url,
    reload,
    async stop() {
      site.isStopping = true
      clearInterval(watch)
      log.info({}, 'stopping')
      await closed(server, options.grace, sockets)
      log.info({}, 'stopped')
      await end()
    },
  }
}

const modelOptions = (
  { threads, mostRows, mostWaiting, patience, unseen, parts = [] }: ServeOptions,
  log: Log,
  measures: Measures,
) => ({
  ...{ threads, mostRows, unseen, parts },
  limits: { mostWaiting, patience },
  batch: (model: ServedModel, batch: Parameters<Measures['batch']>[1]) => measures.batch(model.name, batch),
  log: (error: string) => log.error({ error }, 'in a thread'),
})

function listening(answer: RequestListener, { port, host, patience }: ServeOptions): Promise<Server> {
  const begun = new SomeATurn(BEGUN_AT_ONCE)
  const bounds = { headersTimeout: 10_000, requestTimeout: 0, keepAliveTimeout: 70_000 }
  const server = createServer(bounds, (request, response) => {
    begun.begin(() => {
      // Whoever left meanwhile is not asked for.
      if (response.destroyed) return
      if (!server.listening) response.shouldKeepAlive = false
      answer(request, response)
    })
  })
  // A client that neither sends nor reads for so long is let go of.
  server.timeout = patience + 30_000
  return new Promise((ready, failed) => {
    server.once('error', failed).listen({ port, host, backlog: 1024 }, () => ready(server))
  })
}

/** Opens anew what has changed; what cannot be opened leaves the version at work as it is. */
async function reloadAll(site: Site): Promise<void> {
  const { models, measures, log } = site
  for (const model of models) {
    if (site.isStopping) return
    try {
      if (!(await model.load())) continue
      measures.model(model.name).reloads.done++
      log.info({ model: model.name, version: model.current.version }, 'opened anew')
    } catch (error) {
      measures.model(model.name).reloads.failed++
      log.error(
        { model: model.name, error: error instanceof Error ? error.message : error },
        'not opened anew',
      )
    }
  }
}

/** Looks at times whether other files lie there. */
function watching(models: readonly ServedModel[], reload: () => Promise<void>): NodeJS.Timeout {
  let isLooking = false
  const look = async () => {
    if (isLooking) return
    isLooking = true
    const changed = await Promise.all(models.map((model) => model.isChanged()))
    if (changed.includes(true)) await reload()
    isLooking = false
  }
  return setInterval(() => void look(), WATCH_MS).unref()
}

/** Takes no more connections, answers what has been asked on those that are there, and closes them. */
async function closed(server: Server, grace: number, sockets: ReadonlySet<Socket>): Promise<void> {
  const until = performance.now() + grace
  await sleep(Math.min(LINGER_MS, grace))
  const done = promised<void>()
  // Right after connections were taken few wait to be.
  await new Promise(setImmediate)
  // That of HTTP would close connections on which a request may be on its way.
  NetServer.prototype.close.call(server, () => done.resolve())
  const ended = done.promise.then(() => true)
  while (performance.now() < until) {
    if (await Promise.race([ended, sleep(QUIET_MS, false)])) return
    // A timer comes before what has been sent meanwhile is read: only after that it is known who is idle.
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
    server.closeIdleConnections()
    // Nor is one waited for on which nothing was ever asked, as those that browsers open ahead.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }
  server.closeAllConnections()
  await ended
}
