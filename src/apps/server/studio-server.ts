import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerBy } from './answering.ts'
import { type Catalog, catalogOf } from './catalog.ts'
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
}

export interface StudioServer extends AsyncDisposable {
  readonly url: string
}

const HOST = '127.0.0.1'

/** Serves the page and the runs to this machine alone. Rejects with Node's error where the port is taken. */
export async function serveStudio({ page, runs, port }: StudioServerOptions): Promise<StudioServer> {
  const site: Site = { page, catalog: catalogOf(runs), runtime: runtimeFiles() }
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((ready, failed) => {
    server.once('error', failed).listen(port, HOST, ready)
  })
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}/`,
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
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(everyAnswer)) response.setHeader(name, value)
  const refusal = refusalOf(request)
  if (refusal) return say(response, refusal.status, refusal.words)
  const [pathname, query = ''] = (request.url ?? '/').split('?', 2)
  try {
    const found = routeOf(pathname)
    if (found) return await answerRoute(found, site.catalog, new URLSearchParams(query), request, response)
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
