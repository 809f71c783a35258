/** Bodies of requests, as they come, within their bounds. */
import type { IncomingMessage } from 'node:http'
import { BetavaeError } from '../../inside.node.ts'

/** The whole body. Errors: `serve/body-size`, `serve/body-time`, `serve/gone`. */
export function wholeBody(incoming: IncomingMessage, most: number, patience: number): Promise<Uint8Array> {
  const told = Number(incoming.headers['content-length'] ?? 0)
  if (told > most) return Promise.reject(tooLarge(told, most))
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let length = 0
    const end = (settle: () => void) => {
      clearTimeout(clock)
      incoming.off('data', take).off('end', done).off('close', left).off('error', left)
      settle()
    }
    const take = (piece: Buffer) => {
      length += piece.length
      if (length > most) end(() => reject(tooLarge(length, most)))
      else pieces.push(piece)
    }
    const done = () => end(() => resolve(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, length)))
    const left = () => end(() => reject(gone()))
    const clock = setTimeout(() => end(() => reject(tooSlow(patience))), patience)
    incoming.on('data', take).on('end', done).on('close', left).on('error', left)
  })
}

/** Lines that pass through a model together, and how long one may be. */
const TOGETHER_BYTES = 2 ** 17

/** Whole lines of a body, some at a time; nothing is read on before they have been dealt with. Error: `serve/body-size`. */
export async function* linesOf(incoming: IncomingMessage, longest: number): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    while (rest.length >= TOGETHER_BYTES) {
      const end = rest.lastIndexOf(10, TOGETHER_BYTES - 1) + 1 || rest.indexOf(10) + 1
      if (end === 0) break
      yield rest.subarray(0, end)
      rest = rest.subarray(end)
    }
    if (rest.length > longest) throw tooLarge(rest.length, longest)
    // Whoever sends line by line waits for answers line by line.
    if (incoming.readableLength === 0) {
      const end = rest.lastIndexOf(10) + 1
      if (end > 0) yield rest.subarray(0, end)
      rest = rest.subarray(end)
    }
  }
  if (rest.length > 0) yield rest
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

const shown = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`

const tooLarge = (bytes: number, most: number): BetavaeError =>
  new BetavaeError({
    code: 'serve/body-size',
    seen: `a body of ${shown(bytes)} or more`,
    wanted: `at most ${shown(most)}`,
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
