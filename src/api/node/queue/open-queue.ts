import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PGlite } from '@electric-sql/pglite'
import type { ConstructorOptions, PgBoss } from 'pg-boss'
import { BetavaeError, fail } from '../../../base/errors.ts'
import { openPeer } from '../../../data/tables/node/databases/peer.ts'
import { connectionString, refuseConnection } from '../../../data/tables/node/databases/postgres-client.ts'
import { databaseOf, isPostgres } from '../../../data/tables/node/databases/postgres-url.ts'
import { version } from '../../../export/version.ts'
import { makeFolder } from '../../../runs/node/files.ts'
import { lockRun } from '../../../runs/node/lock.ts'
import { LEASE_SECONDS } from './lease.ts'
import { schemaOf } from './tables.ts'

/** A row as a database gives it. */
export type Row = Readonly<Record<string, unknown>>

/** A queue that is open. */
export interface Queue extends AsyncDisposable {
  readonly boss: PgBoss
  /** Whether it lies in a folder, for this process alone. */
  readonly isOwn: boolean
  /** Runs one statement; waits for a server that restarts. */
  ask(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
}

/** Schema of the queue's own tables, apart from other queues of the same library. */
export const BOSS = 'betavae_queue'

/** What may take a job: the same package, and the same form of recipes. */
export const queueName = (packageVersion = version): string => `betavae-${packageVersion}-recipe-1`

/** Jobs whose workers died so often are set aside. */
const DEATHS = 20
const DAY_SECONDS = 86_400
const OPTIONS = {
  schema: BOSS,
  application_name: 'betavae',
  schedule: false,
  superviseIntervalSeconds: 2,
  monitorIntervalSeconds: 2,
  registerInstance: false,
} satisfies ConstructorOptions

/** Opens a queue by the URL of a PostgreSQL database, or a folder. Errors: `queue/node`, `peer/missing`, `database/…`. */
export async function openQueue(place: string): Promise<Queue> {
  refuseOldNode(process.versions.node)
  const isOwn = !isPostgres(place)
  const { PgBoss: Boss, fromPglite } = await openPeer<typeof import('pg-boss')>(
    'pg-boss',
    'keeps queues',
    isOwn ? ['@electric-sql/pglite'] : [],
  )
  if (isOwn) return openFolder(place, (database) => new Boss(embedded(fromPglite(database))))
  const boss = new Boss({ ...OPTIONS, connectionString: connectionString(place), max: 4 })
  const started = await begun(boss, isOwn).catch((error: unknown) =>
    error instanceof BetavaeError ? Promise.reject(error) : refuseConnection(databaseOf(place), error),
  )
  return { ...started, [Symbol.asyncDispose]: () => stopped(boss) }
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

async function openFolder(folder: string, bossOf: (database: PGlite) => PgBoss): Promise<Queue> {
  const { PGlite: Database } = await openPeer<typeof import('@electric-sql/pglite')>(
    '@electric-sql/pglite',
    'keeps a queue in a folder',
  )
  await makeFolder(folder)
  const lock = await lockRun(folder)
  const database = await Database.create(join(folder, 'pglite'))
  const boss = bossOf(database)
  return {
    ...(await begun(boss, true)),
    async [Symbol.asyncDispose]() {
      await stopped(boss)
      await database.close()
      await lock[Symbol.asyncDispose]()
    },
  }
}

const stopped = (boss: PgBoss): Promise<void> =>
  boss.stop({ graceful: false, close: true }).catch(() => undefined)

async function begun(boss: PgBoss, isOwn: boolean): Promise<Omit<Queue, keyof AsyncDisposable>> {
  // What happens beside a question, such as a connection that ends, comes with the next question as well.
  boss.on('error', () => undefined)
  await boss.start()
  const ask: Queue['ask'] = (text, values) =>
    lasting(async () => (await boss.getDb().executeSql(text, values && [...values])).rows as Row[])
  await ask(schemaOf)
  await boss.createQueue(queueName(), {
    retryLimit: DEATHS,
    retryDelay: 1,
    heartbeatSeconds: LEASE_SECONDS,
    expireInSeconds: DAY_SECONDS - 1,
    retentionSeconds: 365 * DAY_SECONDS,
  })
  return { boss, isOwn, ask }
}

/** A server that restarts is waited for so long. */
const PATIENCE_MS = 60_000
const AGAIN_MS = 500

/** Does what may be done twice, again where the server was away. */
export async function lasting<Result>(work: () => Promise<Result>): Promise<Result> {
  const began = performance.now()
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isAway(error) || performance.now() - began > PATIENCE_MS) throw error
      await sleep(AGAIN_MS)
    }
  }
}

function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return /^(?:08|57P0|ECONN|EPIPE)/.test(code) || /connection terminated|timeout exceeded/i.test(message)
}
