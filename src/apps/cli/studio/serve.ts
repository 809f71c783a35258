import { stat } from 'node:fs/promises'
import { BetavaeError } from '../../../inside.node.ts'
import { type StudioServer, type StudioServerOptions, serveStudio } from '../../server/studio-server.ts'

/** Always the same where it is free: a browser keeps what a page has stored by its address. */
const USUAL_PORT = 4242

/** Environment variable that holds a token of the person's own; other users cannot read it, as they can a command line. */
const TOKEN = 'BETAVAE_STUDIO_TOKEN'

/** The token that the environment holds, if any. Error `studio/own-token`, which does not repeat it. */
function ownToken(): string | undefined {
  const token = process.env[TOKEN] ?? ''
  if (token === '') return undefined
  if (/^[\w-]{16,200}$/.test(token)) return token
  throw new BetavaeError({
    code: 'studio/own-token',
    seen: `${TOKEN} of ${token.length} characters`,
    wanted: '16 to 200 letters, digits, - or _',
    fix: `choose a longer ${TOKEN} of those, or unset it for one that is new each time`,
    usage: true,
  })
}

/**
 * Serves at the port that was asked for, else at the usual one, else at any.
 *
 * Errors: `studio/port`, `studio/own-token`.
 */
export async function serveAt(
  port: number | undefined,
  place: Omit<StudioServerOptions, 'port' | 'token'>,
): Promise<StudioServer> {
  const site = { ...place, token: ownToken() }
  try {
    return await serveStudio({ ...site, port: port ?? USUAL_PORT })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    if (port === undefined) return serveStudio({ ...site, port: 0 })
    throw new BetavaeError({
      code: 'studio/port',
      seen: code === 'EADDRINUSE' ? `port ${port} in use` : `port ${port}, which may not be taken`,
      wanted: 'a free port',
      fix: 'choose another --port, or leave it out',
      usage: true,
      cause: error,
    })
  }
}

/** The folder of runs; one that was named must be there. Error `studio/no-runs`. */
export async function runsFolder(given: string | undefined): Promise<string> {
  if (given === undefined) return 'runs'
  const found = await stat(given).catch(() => undefined)
  if (found?.isDirectory()) return given
  throw new BetavaeError({
    code: 'studio/no-runs',
    seen: found ? `--runs ${given}, which is a file` : `--runs ${given}, which is not there`,
    wanted: 'a folder of runs, or of one run',
    fix: 'name the folder that betavae train writes into, such as --runs runs',
    usage: true,
  })
}
