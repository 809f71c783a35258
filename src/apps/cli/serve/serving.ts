import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { BetavaeError, nameOfPlace, type Part } from '../../../inside.node.ts'
import type { LogLevel } from '../../serve/log.ts'
import { type ModelServer, serveModels } from '../../serve/server.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Environment variable with keys, separated by commas; other users cannot read it, as they can a command line. */
const KEYS = 'BETAVAE_SERVE_KEYS'

interface ServeValues {
  readonly port: number
  readonly host: string
  readonly keys: string | undefined
  readonly threads: number | undefined
  readonly 'max-body': number
  readonly 'max-rows': number
  readonly 'max-waiting': number
  readonly timeout: number
  readonly grace: number
  readonly unseen: 'missing' | 'error' | undefined
  readonly 'no-watch': boolean
  readonly log: LogLevel
  readonly parts: readonly Part[]
}

/** Serves models until the signal fires, and then until everything that was asked is answered. */
export async function serveUntil(
  given: readonly string[],
  values: ServeValues,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const server = await started(given, values)
  terminal.say(`answering at ${server.url}; Ctrl-C ends it when everything is answered`)
  const reload = () => void server.reload()
  process.on('SIGHUP', reload)
  try {
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    process.off('SIGHUP', reload)
    await server.stop()
  }
}

async function started(given: readonly string[], values: ServeValues): Promise<ModelServer> {
  const { port, host, threads = Math.max(1, availableParallelism() - 1), unseen = 'missing' } = values
  // What is young stays small: requests under way are copied at each collection of it, which held everything for 20 to
  // 40 ms at 8,000 requests a second, and now for 10 to 12.
  setFlagsFromString('--semi-space-growth-factor=1')
  try {
    return await serveModels({
      models: namedPlaces(given),
      ...{ port, host, threads, unseen, parts: values.parts },
      keys: await keysOf(values.keys),
      mostBytes: values['max-body'] * 2 ** 20,
      mostRows: values['max-rows'],
      mostWaiting: values['max-waiting'],
      patience: values.timeout * 1000,
      grace: values.grace * 1000,
      watches: !values['no-watch'],
      log: values.log,
    })
  } catch (error) {
    throw portError(error, port) ?? error
  }
}

/** `name=place`, or a place, which is named by its last part. Error: `serve/name`. */
function namedPlaces(given: readonly string[]): { readonly name: string; readonly place: string }[] {
  const places = given.map((word) => {
    const [, name, place = word] = /^([\w.-]+)=(.+)$/.exec(word) ?? []
    return { name: name ?? nameOfPlace(place), place }
  })
  for (const [at, { name }] of places.entries()) {
    if (!/^[\w.-]{1,100}$/.test(name)) refuseName(name, 'letters, digits, dots, dashes and underscores')
    if (places.slice(0, at).some((other) => other.name === name))
      refuseName(name, 'a name that no other model has')
  }
  return places
}

function refuseName(name: string, wanted: string): never {
  throw new BetavaeError({
    code: 'serve/name',
    seen: `a model called "${name}"`,
    wanted,
    fix: 'name it: mine=runs/table-1',
    usage: true,
  })
}

/** Errors: `serve/keys`, which does not repeat them. */
async function keysOf(file: string | undefined): Promise<readonly string[]> {
  const text =
    file === undefined
      ? (process.env[KEYS] ?? '').replaceAll(',', '\n')
      : await readFile(file, 'utf8').catch(() => refuseKeys(`--keys ${file}, which cannot be read`))
  const keys = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (file !== undefined && keys.length === 0) refuseKeys(`no key in "${file}"`)
  if (!keys.every((key) => /^[\x21-\x7e]{16,200}$/.test(key)))
    refuseKeys('a key of other characters, or of less than 16')
  return keys
}

const refuseKeys = (seen: string): never => {
  throw new BetavaeError({
    code: 'serve/keys',
    seen,
    wanted: 'a file of keys, one a line, of 16 to 200 letters, digits or marks of ASCII',
    fix: 'make one with: openssl rand -hex 24',
    usage: true,
  })
}

function portError(error: unknown, port: number): BetavaeError | undefined {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') return undefined
  return new BetavaeError({
    code: 'serve/port',
    seen: code === 'EADDRINUSE' ? `port ${port} in use` : `port ${port} or --host, which may not be taken`,
    wanted: 'a free port and an address of this machine',
    fix: 'choose another --port or --host',
    usage: true,
    cause: error,
  })
}
