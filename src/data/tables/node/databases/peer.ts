import { pathToFileURL } from 'node:url'
import { fail } from '../../../../base/errors.ts'
import { installed } from '../../../node/installed.ts'

/** Packages that are installed by those who need them. */
type Peer =
  | 'pg'
  | '@duckdb/node-api'
  | 'hyparquet-writer'
  | 'pg-boss'
  | '@electric-sql/pglite'
  | 'hono'
  | '@hono/node-server'
  | 'pino'

/** A module of an optional package, as it is imported from here; `beside` is wanted with it. Error (usage): `peer/missing`. */
export async function openPeer<Module>(
  name: Peer,
  purpose: string,
  beside: readonly Peer[] = [],
): Promise<Module> {
  const path = installed(name)
  const missing = [name, ...beside].filter((one) => installed(one) === undefined)
  if (path === undefined)
    return fail({
      code: 'peer/missing',
      seen: `no package "${name}", which ${purpose}`,
      wanted: 'it beside this package, which does not bring it along',
      fix: `npm install ${missing.join(' ')}`,
      usage: true,
    })
  return (await import(pathToFileURL(path).href)) as Module
}
