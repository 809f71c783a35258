/** The steps of the Dockerfile of examples/serve, done without Docker, come to a server that answers. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { imageOf } from '../../scripts/image.ts'
import { save, trainTable } from '../../src/inside.node.ts'
import { execute, nodes, pack, temporary } from './user.ts'

vi.setConfig({ testTimeout: 180_000 })

const folder = await temporary()
afterAll(folder.remove)
const BUILT_IN = [
  'fetch',
  'setInterval',
  'encodeURIComponent',
  'if',
  'for',
  'catch',
  'function',
  'return',
  'async',
]
const rows = Array.from({ length: 90 }, (_, i) => ({ a: Math.sin(i), b: Math.cos(i), c: i % 2 ? 'x' : 'y' }))

/** What lies beside the Dockerfile: a package of who serves, and a model. */
async function context(): Promise<string> {
  const { tarball } = await pack(folder.path)
  const place = join(folder.path, 'context')
  await cp('examples/serve', place, { recursive: true })
  const { peerDependencies } = JSON.parse(await readFile('package.json', 'utf8'))
  const { hono, pino, '@hono/node-server': server } = peerDependencies
  const dependencies = { betavae: `file:${tarball}`, hono, '@hono/node-server': server, pino }
  await writeFile(
    join(place, 'package.json'),
    JSON.stringify({ name: 'scores', version: '1.0.0', dependencies }),
  )
  const locked = await execute(
    place,
    'npm',
    ['install', '--package-lock-only', '--prefer-offline', '--no-audit'],
    nodes.machine,
  )
  expect(locked.code, locked.err).toBe(0)
  using model = await trainTable(rows, { training: { steps: 10 } })
  await writeFile(join(place, 'model.safetensors'), save(model))
  return place
}

test('the image of the guide: slim, not root, and it answers, is well and ends', async () => {
  const {
    path,
    env,
    user,
    command,
    healthcheck = '',
  } = await imageOf(await context(), join(folder.path, 'image'))
  expect(user).toBe('node')
  const port = String(20_000 + (process.pid % 20_000))
  const own = { ...nodes.ours, ...env }
  const [program, ...words] = command.map((word) => (word === '8080' ? port : word))
  const server: ChildProcess = spawn(program, words, { cwd: path, env: own, stdio: 'ignore' })
  const health = () => execute(path, 'sh', ['-c', healthcheck.replace('8080', port)], own)
  for (let tries = 0; tries < 100 && (await health()).code !== 0; tries++)
    await new Promise((done) => setTimeout(done, 100))
  expect((await health()).code).toBe(0)
  const answer = await fetch(`http://127.0.0.1:${port}/models/table/score`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(rows.slice(0, 2)),
  })
  expect([answer.status, (await answer.json()).rows.length]).toEqual([200, 2])
  // The page's functions are sent as they stand in the bundle: every name that one calls is there.
  const script = await (await fetch(`http://127.0.0.1:${port}/page.js`)).text()
  const names = [...script.matchAll(/^(?:async )?function (\w+)/gm)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(18)
  const called = [...script.matchAll(/(?<![.\w])([a-z]\w*)\(/g)].map(([, name]) => name)
  const local = [...script.matchAll(/(\w+)\s*=(?![=>])/g)].map(([, name]) => name)
  const known = [...names, ...local, ...BUILT_IN]
  expect([...new Set(called.filter((name) => !known.includes(name)))]).toEqual([])
  server.kill('SIGTERM')
  expect((await once(server, 'close'))[0]).toBe(0)
})
