/** Bodies of requests, as they come, within their bounds. */
import type { IncomingMessage } from 'node:http'
import { BetavaeError } from '../../inside.node.ts'
import type { HeldBytes } from './held-bytes.ts'

/** Bounds of a body. */
export interface BodyLimits {
  readonly mostBytes: number
  /** Milliseconds within which it comes. */
  readonly patience: number
  readonly held: HeldBytes
}

/**
 * The whole body, whose bytes are held until whoever has them gives them back. Errors: `serve/body-size`,
 * `serve/body-time`, `serve/busy`, `serve/gone`.
 */
export function wholeBody(incoming: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  const { mostBytes, patience, held } = limits
  const told = Number(incoming.headers['content-length'] ?? 0)
  if (told > mostBytes) return Promise.reject(tooLarge(told, mostBytes))
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let length = 0
    const end = () => {
      clearTimeout(clock)
      incoming.off('data', take).off('end', done).off('close', left).off('error', left)
    }
    const refuse = (error: unknown) => {
      end()
      held.give(length)
      reject(error)
    }
    const take = (piece: Buffer) => {
      try {
        if (length + piece.length > mostBytes) throw tooLarge(length + piece.length, mostBytes)
        held.take(piece.length)
      } catch (error) {
        return refuse(error)
      }
      length += piece.length
      pieces.push(piece)
    }
    const done = () => {
      end()
      resolve(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, length))
    }
    const left = () => refuse(gone())
    const clock = setTimeout(() => refuse(tooSlow(patience)), patience)
    incoming.on('data', take).on('end', done).on('close', left).on('error', left)
  })
}

/** Lines that pass through a model together, and how long one may be. */
const TOGETHER_BYTES = 2 ** 17

/** Whole lines of a body, some at a time; nothing is read on before they have been dealt with. Error: `serve/body-size`. */
export async function* linesOf(incoming: IncomingMessage, longest: number): AsyncGenerator<Uint8Array> {
  // They are joined where a line has ended: a long one would be copied for each of its pieces.
  let waiting: Buffer[] = []
  let [length, unended] = [0, 0]
  // Whoever stops reading still wants to be answered: the connection stays.
  const pieces: AsyncIterable<Buffer> = incoming.iterator({ destroyOnReturn: false })
  for await (const piece of pieces) {
    waiting.push(piece)
    length += piece.length
    const end = piece.lastIndexOf(10) + 1
    unended = end > 0 ? piece.length - end : unended + piece.length
    if (unended > longest) throw tooLarge(unended, longest)
    const isPaused = incoming.readableLength === 0
    if (length === unended || (length < TOGETHER_BYTES && !isPaused)) continue
    let rest = Buffer.concat(waiting, length)
    while (rest.length - unended >= TOGETHER_BYTES) {
      const whole = rest.lastIndexOf(10, TOGETHER_BYTES - 1) + 1 || rest.indexOf(10) + 1
      yield rest.subarray(0, whole)
      rest = rest.subarray(whole)
    }
    // Whoever sends line by line waits for answers line by line.
    if (isPaused && rest.length > unended) {
      yield rest.subarray(0, rest.length - unended)
      rest = rest.subarray(rest.length - unended)
    }
    waiting = [rest]
    length = rest.length
  }
  if (length > 0) yield Buffer.concat(waiting)
}

export const countLines = (bytes: Uint8Array): number => {
  let [count, isBlank] = [0, true]
  for (const byte of bytes) {
    if (byte === 10) {
      if (!isBlank) count++
      isBlank = true
    } else if (byte > 32) isBlank = false
  }
  return isBlank ? count : count + 1
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`

const tooLarge = (bytes: number, most: number): BetavaeError =>
  new BetavaeError({
    code: 'serve/body-size',
    seen: `a body of ${megabytes(bytes)} or more`,
    wanted: `at most ${megabytes(most)}`,
    fix: 'send fewer rows at a time, or stream them as JSON Lines (Content-Type: application/jsonl)',
    usage: true,
  })

const tooSlow = (patience: number): BetavaeError =>
  new BetavaeError({
    code: 'serve/body-time',
    seen: `a body that had not come after ${patience / 1000} s`,
    wanted: 'all of it by then',
    fix: 'send fewer rows at a time, or stream them as JSON Lines',
    usage: true,
  })

const gone = (): BetavaeError =>
  new BetavaeError({
    code: 'serve/gone',
    seen: 'a client that left before its body had come',
    wanted: 'all of it',
    fix: 'send it again',
    usage: true,
  })
