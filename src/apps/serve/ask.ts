/** Asks a model what a request wants to know. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  BetavaeError,
  type BodyForm,
  fail,
  type Operation,
  operations,
  problemBytes,
  problemOf,
  promised,
  type ServedModel,
  type ServingAnswer,
} from '../../inside.node.ts'
import { givenForm, optionsIn, takenForm } from './asked.ts'
import { countLines, linesOf, wholeBody } from './body.ts'
import type { HeldBytes } from './held-bytes.ts'
import { mediaTypes, PROBLEM } from './openapi.ts'

/** Bounds of a request. */
export interface AskLimits {
  readonly mostBytes: number
  readonly patience: number
  readonly held: HeldBytes
}

/** An answer that is whole. */
export interface Whole {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

/** What came of a request, for the log and the measures. */
export interface Told {
  readonly answer: Whole | Response
  readonly version: string
  rows: number
  /** When everything has been written, where that is later; how it ended. */
  readonly ended?: Promise<number>
}

interface Question {
  readonly model: ServedModel
  readonly operation: Operation
  readonly query: string
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

const encoder = new TextEncoder()
const nothing: Uint8Array = new Uint8Array()

/** The operation of a model. Error: `serve/operation`. */
export function operationOf(model: ServedModel, name: string): Operation {
  const has = model.facts.operations
  const found = operations.find((operation) => operation.name === name)
  if (found && has.some((own) => own === name)) return found
  return fail({
    code: 'serve/operation',
    seen: `"${name.slice(0, 60)}" of model "${model.name}"`,
    wanted: has.join(', '),
    fix: 'ask one of those, by POST /models/<model>/<operation>',
    usage: true,
  })
}

/** Answers a question, all at once or, lines by lines, as it comes. */
export async function ask(question: Question, limits: AskLimits): Promise<Told> {
  const { model, operation, query, incoming, outgoing } = question
  const taken = takenForm(operation, incoming.headers['content-type'])
  const form = givenForm(incoming.headers.accept, taken)
  const options = optionsIn(operation, query)
  const { current } = model
  const left = new AbortController()
  outgoing.once('close', () => outgoing.writableFinished || left.abort())
  const askFor = (bytes: Uint8Array, first: number) =>
    current.ask({
      operation: operation.name as Parameters<typeof current.ask>[0]['operation'],
      options,
      alike: `${operation.name}?${query} ${taken} ${form}`,
      takes: taken,
      gives: form,
      bytes,
      first,
      signal: left.signal,
    })
  // A version that is asked once is asked to the end, whatever takes over meanwhile.
  const letGo = current.hold()
  const about = { model: model.name, version: current.version, form }
  if (taken === 'lines' && form === 'lines')
    return streamed(linesOf(incoming, limits.mostBytes), askFor, { ...about, letGo, left: left.signal })
  let bytes = nothing
  try {
    if (operation.sent !== 'nothing') bytes = await wholeBody(incoming, limits)
    const answer = await askFor(bytes, 0)
    limits.held.takeUnread(answer.bytes.length, outgoing)
    return { answer: wholeOf(answer, about), version: current.version, rows: answer.rows }
  } finally {
    limits.held.give(bytes.length)
    letGo()
  }
}

interface About {
  readonly model: string
  readonly version: string
  readonly form: BodyForm
}

const headersOf = ({ model, version, form }: About, status: number): Record<string, string> => ({
  'Content-Type': status < 400 ? mediaTypes[form] : PROBLEM,
  'Cache-Control': 'no-store',
  'Betavae-Model': `${model} ${version}`,
})

const wholeOf = ({ status, bytes }: ServingAnswer, about: About): Whole => ({
  ...{ status, bytes },
  headers: headersOf(about, status),
})

/** Parts of a stream that are asked at a time, so that one is computed while the next one comes. */
const AHEAD = 2
/** How long a stream waits where others wait already. */
const AGAIN_MS = 25

/** Lines in, lines out: of an error after the first answer the last line tells, as `{"problem": …}`. */
async function streamed(
  lines: AsyncGenerator<Uint8Array>,
  askFor: (bytes: Uint8Array, first: number) => Promise<ServingAnswer>,
  { letGo, left, ...about }: About & { readonly letGo: () => void; readonly left: AbortSignal },
): Promise<Told> {
  const answers = answersTo(lines, askFor)
  const ending = promised<number>()
  const end = (status: number) => {
    letGo()
    ending.resolve(status)
    answers.return(undefined).catch(() => undefined)
  }
  left.addEventListener('abort', () => end(499))
  let first: IteratorResult<ServingAnswer>
  try {
    first = await answers.next()
  } catch (error) {
    end(0)
    throw error
  }
  if (!first.done && first.value.status >= 400) {
    end(first.value.status)
    return { answer: wholeOf(first.value, about), version: about.version, rows: 0 }
  }
  const told: Told = {
    answer: new Response(
      bodyOf(first, answers, end, (rows) => {
        told.rows += rows
      }),
      { headers: headersOf(about, 200) },
    ),
    version: about.version,
    rows: 0,
    ended: ending.promise,
  }
  return told
}

/** Answers one after another, as they are read. */
function bodyOf(
  first: IteratorResult<ServingAnswer>,
  answers: AsyncGenerator<ServingAnswer>,
  end: (status: number) => void,
  count: (rows: number) => void,
): ReadableStream<Uint8Array> {
  let next: Promise<IteratorResult<ServingAnswer>> | undefined = Promise.resolve(first)
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await (next ?? answers.next())
        next = undefined
        if (done) {
          end(200)
          return controller.close()
        }
        count(value.rows)
        if (value.status < 400) return controller.enqueue(value.bytes)
        controller.enqueue(problemLine(value.bytes))
        end(value.status)
      } catch (error) {
        const problem = problemOf(error)
        controller.enqueue(problemLine(problemBytes(problem)))
        end(problem.status)
      }
      controller.close()
    },
    cancel: () => end(499),
  })
}

const problemLine = (problem: Uint8Array): Uint8Array =>
  encoder.encode(`{"problem":${new TextDecoder().decode(problem)}}\n`)

async function* answersTo(
  lines: AsyncGenerator<Uint8Array>,
  askFor: (bytes: Uint8Array, first: number) => Promise<ServingAnswer>,
): AsyncGenerator<ServingAnswer> {
  const asked: Promise<ServingAnswer>[] = []
  let first = 0
  for await (const bytes of lines) {
    const count = countLines(bytes)
    if (count === 0) continue
    // What is asked again later is still about these rows.
    const at = first
    const answer = patient(() => askFor(bytes, at), at > 0)
    answer.catch(() => undefined)
    asked.push(answer)
    first += count
    if (asked.length >= AHEAD) yield await (asked.shift() as Promise<ServingAnswer>)
  }
  for (const answer of asked) yield await answer
}

/** What has begun to be answered waits for its turn. */
async function patient(askFor: () => Promise<ServingAnswer>, waits: boolean): Promise<ServingAnswer> {
  for (;;)
    try {
      return await askFor()
    } catch (error) {
      if (!waits || !(error instanceof BetavaeError) || error.code !== 'serve/busy') throw error
      await sleep(AGAIN_MS)
    }
}
