/** The addresses of a server. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context, Hono } from 'hono'
import {
  BetavaeError,
  fail,
  type Problem,
  problemBytes,
  problemOf,
  type ServedModel,
  version,
} from '../../inside.node.ts'
import { type AskLimits, ask, operationOf, type Told, type Whole } from './ask.ts'
import { driftOf } from './drift.ts'
import type { Door } from './keys.ts'
import type { Log } from './log.ts'
import type { Measures } from './measures.ts'
import { openApiOf, PROBLEM } from './openapi.ts'
import { pageFiles } from './page/files.ts'
import { metricsText } from './prometheus.ts'
import type { ModelFacts, Status } from './schemas.ts'

export interface Bindings {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}
type Env = { Bindings: Bindings }

/** What a server is made of. */
export interface Site extends AskLimits {
  readonly models: readonly ServedModel[]
  readonly door: Door
  readonly hasKeys: boolean
  readonly log: Log
  readonly measures: Measures
  /** Whether it is about to stop. */
  isStopping: boolean
}

const fresh = { 'Cache-Control': 'no-store' }

/** Puts the addresses into an app. */
export function addRoutes(app: Hono<Env>, site: Site): void {
  const { models, measures } = site
  const guarded =
    (answer: (context: Context<Env>) => Response | Promise<Response>) => (context: Context<Env>) => {
      site.door(context.env.incoming.headers)
      return answer(context)
    }
  const document = JSON.stringify(
    openApiOf(
      models.map(({ name }) => name),
      site.hasKeys,
    ),
  )
  app.get(
    '/openapi.json',
    () => new Response(document, { headers: { 'Content-Type': 'application/json', ...fresh } }),
  )
  app.get('/health/live', (context) => context.text('live\n', 200, fresh))
  app.get('/health/ready', (context) => {
    if (isReady(site)) return context.text('ready\n', 200, fresh)
    const code = site.isStopping ? 'serve/stopping' : 'serve/not-ready'
    const waiting = {
      seen: 'a server that does not take requests now',
      wanted: 'one that does',
      fix: 'ask another one',
    }
    return problemResponse(problemOf(new BetavaeError({ code, ...waiting })))
  })
  app.get(
    '/metrics',
    guarded((context) =>
      context.body(metricsText(measures, models), 200, {
        'Content-Type': 'text/plain; version=0.0.4',
        ...fresh,
      }),
    ),
  )
  app.get(
    '/models',
    guarded((context) => context.json({ models: readyOf(models).map(factsOf) }, 200, fresh)),
  )
  app.get(
    '/status',
    guarded((context) => context.json(statusOf(site), 200, fresh)),
  )
  app.post('/models/:model/:operation', (context) => operationAnswer(context, site))
  for (const [path, { type, text }] of Object.entries(pageFiles()))
    app.get(path, () => new Response(text, { headers: { 'Content-Type': type, ...pageHeaders } }))
  app.notFound((context) => problemResponse(problemOf(strayed(context.req.method, context.req.path))))
  app.onError((error) => {
    const problem = problemOf(error)
    if (problem.status >= 500) site.log.error({ error: error.stack ?? error.message }, 'unexpected')
    return problemResponse(problem)
  })
}

const pageHeaders = {
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
}

export const problemResponse = (problem: Problem): Response =>
  new Response(problemBytes(problem) as Uint8Array<ArrayBuffer>, {
    status: problem.status,
    headers: {
      'Content-Type': PROBLEM,
      ...fresh,
      ...(problem.status === 429 || problem.status === 503 ? { 'Retry-After': '1' } : {}),
      ...(problem.status === 401 ? { 'WWW-Authenticate': 'Bearer realm="betavae serve"' } : {}),
      ...(problem.status === 405 ? { Allow: 'POST' } : {}),
    },
  })

function strayed(method: string, path: string): BetavaeError {
  const isAsked = /^\/models\/[^/]+\/[^/]+$/.test(path)
  const wanted = isAsked ? 'POST' : 'one of the addresses that GET /openapi.json names'
  return new BetavaeError({
    code: isAsked ? 'serve/method' : 'serve/address',
    seen: `${method} ${path.slice(0, 100)}`,
    wanted,
    fix: 'ask as GET /openapi.json describes it',
    usage: true,
  })
}

export const isReady = (site: Site): boolean =>
  !site.isStopping && site.models.every(({ isReady }) => isReady)

const readyOf = (models: readonly ServedModel[]) => models.filter(({ isOpen }) => isOpen)

function factsOf({ name, current, facts }: ServedModel): ModelFacts {
  const { operations, latent, exampleShape, engine, columns, given } = facts
  return {
    ...{ model: name, version: current.version, operations: [...operations], latent, engine },
    exampleShape: [...exampleShape],
    ...(columns && {
      columns: columns.map(({ expected, ...shown }) => ({ ...shown, levels: shown.levels?.slice() })),
    }),
    ...(given && { given: given.map((own) => ({ ...own, levels: own.levels?.slice() })) }),
  }
}

function statusOf(site: Site): Status {
  const { models, measures } = site
  const ready = readyOf(models)
  return {
    version,
    upSeconds: (Date.now() - measures.began) / 1000,
    ready: isReady(site),
    memory: process.memoryUsage.rss(),
    waiting: ready.reduce((sum, { current }) => sum + current.waiting, 0),
    loopSeconds: measures.loopSeconds,
    models: ready.map((model) => ({
      ...factsOf(model),
      ...(model.seen && { drift: driftOf(model.facts, model.seen) }),
    })),
    rates: measures.rates(),
  }
}

/** What one of the operations answers; told to the log and to the measures. */
async function operationAnswer(context: Context<Env>, site: Site): Promise<Response> {
  const began = performance.now()
  const { incoming, outgoing } = context.env
  const { model: name, operation: verb } = context.req.param() as { model: string; operation: string }
  const asked = { model: name, operation: verb }
  const id = incoming.headers['x-request-id']?.toString().slice(0, 100)
  const tell = (status: number, told?: Told, code?: string) => {
    const ms = performance.now() - began
    site.measures.request(asked, status, ms / 1000, told?.rows ?? 0)
    const facts = {
      ...{ ...asked, status, ms: Math.round(ms * 10) / 10, rows: told?.rows },
      ...{ version: told?.version, code, id },
    }
    if (status >= 500) site.log.error(facts)
    else site.log.info(facts)
  }
  let isKnown = false
  try {
    site.door(incoming.headers)
    const model = modelNamed(site.models, name)
    const operation = operationOf(model, verb)
    isKnown = true
    const query = incoming.url?.split('?', 2)[1] ?? ''
    const told = await ask({ model, operation, query, incoming, outgoing }, site)
    const ended = (status: number) => {
      tell(status, told)
      if (status >= 400) refuseRest(incoming, outgoing)
    }
    if (told.ended) void told.ended.then(ended)
    else ended(told.answer.status)
    return told.answer instanceof Response ? told.answer : sent(told.answer, outgoing)
  } catch (error) {
    const problem = problemOf(error)
    // What is not there has no measures of its own: whoever guesses names would fill the memory with them.
    if (isKnown) tell(problem.status, undefined, problem.code)
    else site.log.info({ status: problem.status, code: problem.code, id })
    if (problem.status === 500)
      site.log.error({ error: error instanceof Error ? error.stack : error }, 'unexpected')
    refuseRest(incoming, outgoing)
    return problemResponse(problem)
  }
}

/** What tells the adapter between Hono and Node.js that there is nothing left to write. */
const ALREADY_SENT = new Response(null, { headers: { 'x-hono-already-sent': 'true' } })

/** Written as it is: through the streams of a response it would cost more than everything else that is done for it. */
function sent({ status, headers, bytes }: Whole, outgoing: ServerResponse): Response {
  if (!outgoing.destroyed)
    outgoing.writeHead(status, { ...headers, 'Content-Length': bytes.length }).end(bytes)
  return ALREADY_SENT
}

function modelNamed(models: readonly ServedModel[], name: string): ServedModel {
  const found = models.find((model) => model.name === name)
  if (found) return found
  return fail({
    code: 'serve/model',
    seen: `no model "${name.slice(0, 60)}"`,
    wanted: models.map((model) => model.name).join(', '),
    fix: 'name one of those, see GET /models',
    usage: true,
  })
}

/** How long a client that is refused may go on sending, so that it comes to read why. */
const LISTENS_MS = 500

/** Passes over the rest of a body, for a while, and then closes the connection. */
function refuseRest(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (incoming.complete || incoming.destroyed) return
  if (!outgoing.headersSent) outgoing.shouldKeepAlive = false
  incoming.resume()
  outgoing.once('finish', () => {
    setTimeout(() => incoming.destroy(), LISTENS_MS).unref()
  })
}
