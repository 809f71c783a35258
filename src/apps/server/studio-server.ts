import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Access, accessBy, newToken } from './access.ts'
import { answerBy } from './answering.ts'
import { type Catalog, catalogOf } from './catalog.ts'
import { letIn, turnAway } from './door.ts'
import { answerFile, fileIn } from './files.ts'
import { refusalOf } from './guard.ts'
import { everyAnswer } from './headers.ts'
import { runtimeFiles } from './installed.ts'
import { type Route, routeFor } from './route.ts'
import { allRoutes } from './routes/index.ts'

export interface StudioServerOptions {
  /** Folder of the built page. */
  readonly page: string
  /** Folder of runs; one that does not exist has none yet. */
  readonly runs: string
  /** 0 takes any that is free. */
  readonly port: number
  /** What whoever may read has to know; default: a random one. */
  readonly token?: string
}

export interface StudioServer extends AsyncDisposable {
  /** The address of the page, with the token in it. */
  readonly url: string
  /** Such an address that opens once and within two minutes: others on this machine may see it. */
  urlOnce(): string
}

const HOST = '127.0.0.1'

/**
 * Serves the page and the runs to this machine alone, and there to whoever has the token. Rejects with Node's error where
 * the port is taken.
 */
export async function serveStudio(options: StudioServerOptions): Promise<StudioServer> {
  const { page, runs, port, token = newToken() } = options
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((ready, failed) => {
    server.once('error', failed).listen(port, HOST, ready)
  })
  const access = accessBy(token, server.address() as AddressInfo)
  const site: Site = { page, catalog: catalogOf(runs), runtime: runtimeFiles(), access }
  return {
    url: access.url,
    urlOnce: access.urlOnce,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
}

interface Site {
  readonly page: string
  readonly catalog: Catalog
  readonly runtime: ReadonlyMap<string, string>
  readonly access: Access
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(everyAnswer)) response.setHeader(name, value)
  const refusal = refusalOf(request)
  if (refusal) return say(response, refusal.status, refusal.words)
  const [pathname, words = ''] = (request.url ?? '/').split('?', 2)
  const query = new URLSearchParams(words)
  const entry = await site.access.enter(request, query)
  if (!entry) return turnAway(request, response, pathname.startsWith(API))
  if (entry === 'by-address' && pathname === '/') return letIn(request, response, site.access.cookie)
  try {
    const found = routeOf(pathname)
    if (found) return await answerRoute(found, site.catalog, query, request, response)
    const file = fileOf(site, decodeURIComponent(pathname))
    if (file !== undefined && (await answerFile(file, request, response))) return
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    return say(response, 400, 'this address is not well formed')
  }
  say(response, 404, 'there is nothing here')
}

type Found = NonNullable<ReturnType<typeof routeFor>>

const API = '/api/'
const RUNTIME = '/ort/'

const routeOf = (pathname: string): Found | undefined =>
  pathname.startsWith(API) ? routeFor(allRoutes, pathname.slice(API.length)) : undefined

const fileOf = ({ page, runtime }: Site, path: string): string | undefined =>
  path.startsWith(RUNTIME) ? runtime.get(path.slice(RUNTIME.length)) : fileIn(page, path.slice(1))

function answerRoute(
  { route, id }: { readonly route: Route; readonly id: string },
  catalog: Catalog,
  query: URLSearchParams,
  { headers, method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const left = new AbortController()
  response.on('close', () => left.abort())
  const lastEvent = headers['last-event-id']
  const question = { catalog, id, query, signal: left.signal, lastEvent: lastEvent?.toString() }
  return answerBy(route, question, response, method === 'HEAD')
}

function say(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${words}\n`)
}
