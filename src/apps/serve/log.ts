import { openPeer } from '../../inside.node.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Lines of JSON, one for each thing that happens. */
export interface Log {
  debug(facts: object, words?: string): void
  info(facts: object, words?: string): void
  warn(facts: object, words?: string): void
  error(facts: object, words?: string): void
  /** Writes what has not been written yet. */
  flush(): void
}

/** How many bytes are written at once. */
const TOGETHER = 4096
const FLUSH_MS = 1000

/** A log on stdout by pino, which writes many lines at once. Error: `peer/missing`. */
export async function openLog(level: LogLevel): Promise<Log & Disposable> {
  const { pino } = await openPeer<typeof import('pino')>('pino', 'writes the log of a server', [
    'hono',
    '@hono/node-server',
  ])
  const destination = pino.destination({ dest: 1, sync: false, minLength: TOGETHER })
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  const flush = () => {
    try {
      destination.flushSync()
    } catch {
      // What was not open yet has nothing to be written.
    }
  }
  const clock = setInterval(flush, FLUSH_MS).unref()
  return {
    debug: (facts, words) => logger.debug(facts, words),
    info: (facts, words) => logger.info(facts, words),
    warn: (facts, words) => logger.warn(facts, words),
    error: (facts, words) => logger.error(facts, words),
    flush,
    [Symbol.dispose]() {
      clearInterval(clock)
      flush()
    },
  }
}
