import { expect, test, vi } from 'vitest'
import { openPeer } from './peer.ts'

vi.mock('../../../node/installed.ts', () => ({ installed: () => undefined }))

test.each([
  ['pg', 'reads and writes PostgreSQL'],
  ['@duckdb/node-api', 'runs queries on files'],
  ['hyparquet-writer', 'writes Parquet'],
] as const)('%s missing: the one command that installs it', async (name, purpose) => {
  await expect(openPeer(name, purpose)).rejects.toMatchObject({
    code: 'peer/missing',
    seen: `no package "${name}", which ${purpose}`,
    fix: `npm install ${name}`,
    usage: true,
  })
})

test('of those that a server needs all that are missing are installed by one command', async () => {
  await expect(openPeer('hono', 'answers requests', ['@hono/node-server', 'pino'])).rejects.toMatchObject({
    code: 'peer/missing',
    fix: 'npm install hono @hono/node-server pino',
  })
})
