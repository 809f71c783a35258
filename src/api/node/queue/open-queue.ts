import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PGlite } from '@electric-sql/pglite'
import type { ConstructorOptions, PgBoss } from 'pg-boss'
import { BetavaeError, fail } from '../../../base/errors.ts'
import { openPeer } from '../../../data/tables/node/databases/peer.ts'
import { connectionString, refuseConnection } from '../../../data/tables/node/databases/postgres-client.ts'
import { databaseOf, isPostgres } from '../../../data/tables/node/databases/postgres-url.ts'
import { version } from '../../../export/version.ts'
import { lockRun } from '../../../runs/node/lock.ts'
import { LEASE_SECONDS, LOOK_MS } from './lease.ts'
import { isAway, lasting } from './patience.ts'
import { schemaOf } from './tables.ts'

/** A row as a database gives it. */
export type Row = Readonly<Record<string, unknown>>

/** A queue that is open. */
export interface Queue extends AsyncDisposable {
  readonly boss: PgBoss
  /** Whether it lies in a folder, for this process alone. */
  readonly isOwn: boolean
  /** Runs one statement that may run twice; waits for a server that restarts. */
  ask(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** Does what may be done twice, again where the server was away. */
  lasting<Result>(work: () => Promise<Result>): Promise<Result>
}

interface OpenOptions {
  /** Once it fires nobody waits long for a server any more. */
  readonly signal?: AbortSignal
}

/** Schema of the queue's own tables, apart from other queues of the same library. */
export const BOSS = 'betavae_queue'

/** What may take a job: the same package, and the same form of recipes. */
export const queueName = (packageVersion = version): string => `betavae-${packageVersion}-recipe-1`

const DAY_SECONDS = 86_400
const OPTIONS = {
  schema: BOSS,
  application_name: 'betavae',
  schedule: false,
  superviseIntervalSeconds: 2,
  monitorIntervalSeconds: 2,
  registerInstance: false,
} satisfies ConstructorOptions

/** A connection for questions and one for upkeep: many workers share what a server allows. */
const CONNECTIONS = {
  max: 2,
  keepAlive: true,
  // Of a server that vanished without a word.
  query_timeout: 60_000,
}

/**
 * Opens a queue by the URL of a PostgreSQL database, or a folder. Errors: `queue/node`, `queue/rights`, `peer/missing`,
 * `runs/busy`, `database/…`.
 */
export async function openQueue(place: string, options: OpenOptions = {}): Promise<Queue> {
  refuseOldNode(process.versions.node)
  const isOwn = !isPostgres(place)
  const { PgBoss: Boss, fromPglite } = await openPeer<typeof import('pg-boss')>(
    'pg-boss',
    'keeps queues',
    isOwn ? ['@electric-sql/pglite'] : [],
  )
  if (isOwn) return openFolder(place, options, (database) => new Boss(embedded(fromPglite(database))))
  const bossOf = () => new Boss({ ...OPTIONS, ...CONNECTIONS, connectionString: connectionString(place) })
  try {
    const started = await startedSoon(() => begun(bossOf(), isOwn, options))
    return { ...started, [Symbol.asyncDispose]: () => stopped(started.boss) }
  } catch (error) {
    return refuseQueue(databaseOf(place), error)
  }
}

/** A server that starts at this moment is waited for. */
const STARTING_MS = 30_000

async function startedSoon<Result>(start: () => Promise<Result>): Promise<Result> {
  for (const began = performance.now(); ; await sleep(LOOK_MS)) {
    try {
      return await start()
    } catch (error) {
      const isStarting = (error as { code?: string }).code?.startsWith('57P0') === true
      if (!isStarting || performance.now() - began > STARTING_MS) throw error
    }
  }
}

function refuseQueue(place: string, error: unknown): never {
  const { code } = error as { code?: string }
  if (error instanceof BetavaeError || code === undefined) throw error
  if (code !== '42501') refuseConnection(place, error)
  return fail({
    code: 'queue/rights',
    seen: `a user of ${place} who may not create schemas there`,
    wanted: 'a user who may: the queue keeps its tables in schemas of its own',
    fix: 'have the owner of the database grant that user the right to create in it',
    usage: true,
  })
}

const embedded = (db: NonNullable<ConstructorOptions['db']>): ConstructorOptions => ({
  ...OPTIONS,
  db,
  backend: 'pglite',
})

/** Refuses a Node.js that the queue's library does not run on. */
export function refuseOldNode(node: string): void {
  const [major, minor] = node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 12)) return
  fail({
    code: 'queue/node',
    seen: `Node.js ${node}, which has no queue`,
    wanted: 'Node.js 22.12 or later',
    fix: 'install a newer Node.js, or sweep without --queue',
    usage: true,
  })
}

async function openFolder(
  folder: string,
  options: OpenOptions,
  bossOf: (database: PGlite) => PgBoss,
): Promise<Queue> {
  const { PGlite: Database } = await openPeer<typeof import('@electric-sql/pglite')>(
    '@electric-sql/pglite',
    'keeps a queue in a folder',
  )
  const lock = await lockRun(folder)
  let database: PGlite | undefined
  const close = async () => {
    await database?.close().catch(() => undefined)
    await lock[Symbol.asyncDispose]()
  }
  try {
    database = await Database.create(join(folder, 'pglite')).catch((error) => refuseFolder(folder, error))
    const started = await begun(bossOf(database), true, options)
    // Nobody else can hold jobs of this folder: whoever had them is dead.
    await started.ask(`update ${BOSS}.job set heartbeat_on = '-infinity' where state = 'active'`)
    return {
      ...started,
      async [Symbol.asyncDispose]() {
        await stopped(started.boss)
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

function refuseFolder(folder: string, error: unknown): never {
  // Errors of its file system are objects without words.
  const { message = 'it does not start' } = error as { message?: string }
  return fail({
    code: 'queue/folder',
    seen: `no database that opens in "${join(folder, 'pglite')}" (${message})`,
    wanted: 'what an earlier queue has left there, or nothing',
    fix: 'move that folder away, or name another; a sweep that is put anew trains what is missing',
    usage: true,
  })
}

const stopped = (boss: PgBoss): Promise<void> =>
  boss.stop({ graceful: false, close: true }).catch(() => undefined)

async function begun(
  boss: PgBoss,
  isOwn: boolean,
  { signal }: OpenOptions,
): Promise<Omit<Queue, keyof AsyncDisposable>> {
  // What happens beside a question, such as a connection that ends, comes with the next question as well.
  boss.on('error', () => undefined)
  try {
    await boss.start()
    const again: Queue['lasting'] = (work) =>
      lasting(work, signal).catch((error) => {
        throw isAway(error) ? gone(error) : error
      })
    const ask: Queue['ask'] = (text, values) =>
      again(async () => (await boss.getDb().executeSql(text, values && [...values])).rows as Row[])
    await ask(schemaOf)
    await createQueue(boss, queueName())
    return { boss, isOwn, ask, lasting: again }
  } catch (error) {
    await stopped(boss)
    throw error
  }
}

const gone = (error: { readonly code?: string; readonly message: string }): BetavaeError =>
  new BetavaeError({
    code: 'queue/away',
    seen: `no server behind the queue any more (${error.code ?? error.message})`,
    wanted: 'one that is back within ten minutes, or seconds where this command is to stop',
    fix: 'start it; what a worker had goes on elsewhere from the last checkpoint, and a sweep with the same command',
  })

/** Makes the queue of a version, where there is none yet. How often a job is tried is counted in our own table. */
export const createQueue = (boss: PgBoss, name: string): Promise<void> =>
  boss.createQueue(name, {
    retryLimit: 1_000_000,
    retryDelay: 1,
    heartbeatSeconds: LEASE_SECONDS,
    expireInSeconds: DAY_SECONDS - 1,
    retentionSeconds: 365 * DAY_SECONDS,
  })
