import { setTimeout as sleep } from 'node:timers/promises'
import { openPeer } from '../../inside.node.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Lines of JSON, one for each thing that happens. */
export interface Log {
  debug(facts: object, words?: string): void
  info(facts: object, words?: string): void
  warn(facts: object, words?: string): void
  error(facts: object, words?: string): void
}

/** How many bytes are written at once. */
const TOGETHER = 4096
const FLUSH_MS = 1000
/** Bytes that wait to be written where nobody reads; further lines are dropped. */
const MOST_WAITING = 2 ** 22
/** How long the end waits for the last lines. */
const END_MS = 500

/**
 * A log on stdout by pino, which writes many lines at once; its end writes the rest. Nothing is ever written
 * synchronously: where stdout is closed, full or not read, that would never return. Error: `peer/missing`.
 */
export async function openLog(level: LogLevel): Promise<Log & AsyncDisposable> {
  const { pino } = await openPeer<typeof import('pino')>('pino', 'writes the log of a server', [
    'hono',
    '@hono/node-server',
  ])
  let isEnding = false
  const retryEAGAIN = () => !isEnding
  const destination = pino.destination({
    ...{ dest: 1, sync: false, minLength: TOGETHER, maxLength: MOST_WAITING, retryEAGAIN },
  })
  // That of pino as the process exits as well.
  destination.flushSync = () => undefined
  let isLost = false
  destination.on('error', () => {
    isLost = true
    destination.write = () => true
  })
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  const clock = setInterval(() => isLost || destination.flush(), FLUSH_MS).unref()
  const flushed = () => new Promise<void>((done) => (isLost ? done() : destination.flush(() => done())))
  return {
    debug: (facts, words) => logger.debug(facts, words),
    info: (facts, words) => logger.info(facts, words),
    warn: (facts, words) => logger.warn(facts, words),
    error: (facts, words) => logger.error(facts, words),
    async [Symbol.asyncDispose]() {
      clearInterval(clock)
      isEnding = true
      await Promise.race([writtenAll(flushed), sleep(END_MS)])
    },
  }
}

/** The first time ends what is being written, and each of the others writes what lies in one of the buffers after that. */
async function writtenAll(flushed: () => Promise<void>): Promise<void> {
  for (let time = 0; time < 3; time++) await flushed()
}
