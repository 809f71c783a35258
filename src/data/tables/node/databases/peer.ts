import { pathToFileURL } from 'node:url'
import { fail } from '../../../../base/errors.ts'
import { installed } from '../../../node/installed.ts'

/** Packages that are installed by those who need them. */
type Peer = 'pg' | '@duckdb/node-api' | 'hyparquet-writer'

/** A module of an optional package, as it is imported from here. Error (usage): `peer/missing`. */
export async function openPeer<Module>(name: Peer, purpose: string): Promise<Module> {
  const path = installed(name)
  if (path === undefined)
    return fail({
      code: 'peer/missing',
      seen: `no package "${name}", which ${purpose}`,
      wanted: 'it beside this package, which does not bring it along',
      fix: `npm install ${name}`,
      usage: true,
    })
  return (await import(pathToFileURL(path).href)) as Module
}
