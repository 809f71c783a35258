import type { Client } from 'pg'
import { fail } from '../../../../base/errors.ts'
import { messageOf } from './database.ts'
import { openPeer } from './peer.ts'
import { databaseOf, passwordFor } from './postgres-url.ts'

interface Pg {
  readonly default: { readonly Client: typeof Client }
}

/** A user's name that a URL can hold; what is percent-encoded stays. */
const encoded = (user: string): string => user.replace(/[^\w%.~-]/g, encodeURIComponent)

/** The URL with the password that is known for it, in memory alone. */
export function connectionString(source: string): string {
  const url = databaseOf(source)
  const password = passwordFor(source)
  if (password === undefined) return url
  const [, scheme, user, rest] = /^([^:]*:\/\/)(?:(.*)@)?(.*)$/s.exec(url) ?? []
  return user === undefined
    ? `${url}${url.includes('?') ? '&' : '?'}password=${encodeURIComponent(password)}`
    : `${scheme}${encoded(user)}:${encodeURIComponent(password)}@${rest}`
}

/**
 * A connection that sends values in the same form whatever the server is set to.
 *
 * Errors: `peer/missing`, `database/password`, `database/connect`.
 */
export async function openClient(source: string): Promise<Client> {
  const { Client } = (await openPeer<Pg>('pg', 'reads and writes PostgreSQL')).default
  let client: Client | undefined
  try {
    client = new Client({
      connectionString: connectionString(source),
      application_name: 'betavae',
      options: '-c timezone=UTC -c datestyle=ISO,YMD -c extra_float_digits=1',
    })
    // An error while nothing is asked comes with the next question as well.
    client.on('error', () => undefined)
    await client.connect()
    return client
  } catch (error) {
    // A server waits a minute for a password that was not given, and the process would with it.
    client?.end().catch(() => undefined)
    return refuseConnection(databaseOf(source), error)
  }
}

/** Why a server could not be reached, in the words of this project. */
export function refuseConnection(url: string, error: unknown): never {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === '28P01' || code === '28000' || /password/i.test(message))
    return fail({
      code: 'database/password',
      seen: `${url} does not let us in (${messageOf(error)})`,
      wanted: 'a user who may read, with the password',
      fix: 'set PGPASSWORD, write ~/.pgpass, or give the URL with the password, which is never kept',
      usage: true,
    })
  return fail({
    code: 'database/connect',
    seen: `no connection to ${url} (${code || messageOf(error)})`,
    wanted: 'a PostgreSQL server that answers there',
    fix: 'check host, port and name of the database',
    usage: true,
  })
}
