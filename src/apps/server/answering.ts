import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { BetavaeError } from '../../inside.node.ts'
import { failureOf } from './failure.ts'
import type { Answer, Question, Route, ServerEvent } from './route.ts'

/** What is of a moment. */
const fresh = { 'Cache-Control': 'no-store' }

/** Lets a route answer; its errors become a `failure` for the page. */
export async function answerBy(
  route: Route,
  question: Question,
  response: ServerResponse,
  isHead: boolean,
): Promise<void> {
  let answer: Answer
  try {
    answer = await route.answer(question)
  } catch (error) {
    return sendJson(response, statusOf(error), { failure: failureOf(error) }, isHead)
  }
  if ('json' in answer) return sendJson(response, 200, answer.json, isHead)
  if ('bytes' in answer) {
    const { bytes, type } = answer
    return send(response, 200, { 'Content-Type': type, 'Content-Length': bytes.length }, isHead ? '' : bytes)
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream', ...fresh })
  response.flushHeaders()
  if (!isHead) await sendEvents(response, answer.events)
  response.end()
}

const statusOf = (error: unknown): number => {
  if (!(error instanceof BetavaeError)) return 500
  return error.code === 'studio/no-such-run' ? 404 : error.usage ? 400 : 500
}

function sendJson(response: ServerResponse, status: number, value: unknown, isHead: boolean): void {
  const body = Buffer.from(JSON.stringify(value))
  const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length }
  send(response, status, headers, isHead ? '' : body)
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | number>>,
  body: Uint8Array | string,
): void {
  response.writeHead(status, { ...headers, ...fresh })
  response.end(body)
}

async function sendEvents(response: ServerResponse, events: AsyncIterable<ServerEvent>): Promise<void> {
  // Waited for once, however often the reader is slower than the events. One who breaks off has left as well.
  const left = once(response, 'close').catch(() => undefined)
  for await (const { event, data, id } of events) {
    const text = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    // A reader that has left never drains; its leaving ends the events.
    if (!response.write(text) && !response.destroyed) await Promise.race([once(response, 'drain'), left])
  }
}
