/** A PostgreSQL server of a test's own: on a free port, with its data in a folder that is removed again. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const VERSIONS = '/usr/lib/postgresql'

/** Programs of the newest PostgreSQL that Debian's package has brought. */
function programs(): string {
  const [newest] = existsSync(VERSIONS)
    ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a))
    : [undefined]
  if (newest === undefined) throw new Error('no PostgreSQL: apt-get install postgresql')
  return join(VERSIONS, newest, 'bin')
}

/** PostgreSQL does not run as root; its package brings a user. */
function user(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'))
  const [uid, gid] = (line ?? '').split(':').slice(2, 4).map(Number)
  return { uid, gid }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

export interface PostgresServer {
  readonly port: number
  /** The user's password, which the server asks for. */
  readonly password: string
  /** URL of the database `postgres` without, and with the password. */
  readonly url: string
  readonly secretUrl: string
  /** Ends the server as its package's service would, and starts it again on the same data after so long. */
  restart(awayMs?: number): Promise<void>
  stop(): Promise<void>
}

const PASSWORD = 'sEcret/p@ss#w0rd'

export async function startPostgres(): Promise<PostgresServer> {
  const bin = programs()
  const owner = user()
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const secret = join(folder, 'password')
  writeFileSync(secret, PASSWORD)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'ann',
      '-A',
      'scram-sha-256',
      `--pwfile=${secret}`,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '-N',
    ],
    { ...owner, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stdout}${made.stderr}`)
  const port = await freePort()
  const options = [
    '-D',
    data,
    '-p',
    `${port}`,
    '-k',
    folder,
    '-h',
    '127.0.0.1',
    '-c',
    'fsync=off',
    '-c',
    'shared_buffers=32MB',
  ]
  const begin = async () => {
    const child = spawn(join(bin, 'postgres'), options, {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await ready(child)
    return child
  }
  let server = await begin()
  // A run of tests that is broken off leaves no server behind.
  const atExit = () => server.kill('SIGQUIT')
  process.once('exit', atExit)
  const end = async () => {
    server.kill('SIGINT')
    if (server.exitCode === null) await once(server, 'exit')
  }
  return {
    port,
    password: PASSWORD,
    url: `postgres://ann@127.0.0.1:${port}/postgres`,
    secretUrl: `postgres://ann:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`,
    async restart(awayMs = 0) {
      await end()
      await sleep(awayMs)
      server = await begin()
    },
    async stop() {
      process.off('exit', atExit)
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function ready(server: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('exit', () => reject(new Error(`postgres ended: ${said}`)))
  })
}
