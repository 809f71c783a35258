/** Whoever has no token gets nothing of a studio, and whoever has one does not notice it. */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { runtimeFiles } from '../../src/apps/server/installed.ts'
import { allRoutes } from '../../src/apps/server/routes/index.ts'
import { serveStudio } from '../../src/apps/server/studio-server.ts'
import { studioTest, visit } from './harness.ts'
import { runsFolder, trainSmall } from './runs.ts'
import { tokenIn, withToken } from './with-token.ts'

const home = await runsFolder()
const page = join(home.path, 'page')
const runs = join(home.path, 'secret-runs')
await mkdir(join(page, 'assets'), { recursive: true })
await writeFile(join(page, 'index.html'), '<!doctype html><head></head><h1>The studio</h1>')
await writeFile(join(page, 'assets', 'index-Ab3_d5-8.js'), '1')
await trainSmall(home, join('secret-runs', 'secret-1'))
const serve = (token?: string, port = 0) => serveStudio({ page, runs, port, ...(token ? { token } : {}) })
const server = await serve()
const { port } = new URL(server.url)
const token = tokenIn(server.url)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await home[Symbol.asyncDispose]()
})

/** Every address that the server answers. */
const addresses = [
  '/',
  '/index.html',
  '/assets/index-Ab3_d5-8.js',
  ...[...runtimeFiles().keys()].map((name) => `/ort/${name}`),
  ...allRoutes.map((route) => `/api/${route.path.replace(':id', 'secret-1')}`),
]
const get = (path: string, init: RequestInit = {}) => fetch(new URL(path, server.url), init)
const strangers: readonly (readonly [string, Record<string, string>])[] = [
  ['no token', {}],
  ['an empty one', { authorization: 'Bearer ' }],
  ['the beginning of it', { authorization: `Bearer ${token.slice(0, -1)}` }],
  ['another', { authorization: `Bearer ${'A'.repeat(token.length)}` }],
  ['another in a cookie', { cookie: `betavae-studio-${port}=${'A'.repeat(token.length)}` }],
  ['it in the cookie of another port', { cookie: `betavae-studio-1=${token}` }],
  ['its name without it', { cookie: `betavae-studio-${port}` }],
]

describe.each(addresses)('%s', (address) => {
  test.each(strangers)('is refused to whoever brings %s', async (_, headers) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await get(address, { headers, method })
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
      expect(await answer.text()).not.toMatch(/secret-|The studio<|WebAssembly/)
    }
  })

  test('is answered with the token, which is not in the answer', async () => {
    const left = new AbortController()
    const answer = await get(address, { ...withToken(server.url), signal: left.signal })
    expect(answer.status).toBe(200)
    expect(JSON.stringify([...answer.headers])).not.toContain(token)
    if (answer.headers.get('content-type') === 'text/event-stream') left.abort()
    else expect(await answer.text()).not.toContain(token)
  })
})

test('no two servers have the same token, and nobody guesses one', async () => {
  await using other = await serve()
  expect(tokenIn(other.url)).not.toBe(token)
  expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16)
})

test('strangers are told in plain words what to do, as a page, as JSON, or as a line', async () => {
  const asPage = await get('/', { headers: { accept: 'text/html,*/*' } })
  expect(asPage.headers.get('content-type')).toContain('text/html')
  expect(await asPage.text()).toContain('Open the address that <code>betavae studio</code> printed')
  expect(asPage.headers.get('www-authenticate')).toBe('Bearer realm="betavae studio"')
  expect(await (await get('/api/runs')).json()).toMatchObject({ failure: { code: 'studio/token' } })
  expect(await (await get('/')).text()).toMatchInlineSnapshot(`
    "a request without the token of this studio; wanted the token, which is in the address that betavae studio prints. Fix: open the address that betavae studio printed when it was started last; what is trained in this page goes on.
    "
  `)
})

test('the address leaves a cookie that scripts and other sites do not get, and with it everything opens', async () => {
  const entered = await fetch(server.url)
  expect(entered.status).toBe(200)
  expect(entered.headers.get('referrer-policy')).toBe('no-referrer')
  expect(entered.headers.get('cache-control')).toBe('no-store')
  const cookie = entered.headers.get('set-cookie') ?? ''
  expect(cookie).toBe(`betavae-studio-${port}=${token}; Path=/; HttpOnly; SameSite=Strict`)
  expect(await entered.text()).not.toContain(token)
  const headers = { cookie: `theme=dark; ${cookie.split(';')[0]}` }
  for (const address of addresses) expect((await get(address, { headers, method: 'HEAD' })).status).toBe(200)
  // An address of an earlier server, opened again by whoever is known.
  expect((await get(`/?token=${'A'.repeat(32)}`, { headers })).status).toBe(200)
})

test('an address that others could have seen opens once', async () => {
  const url = server.urlOnce()
  expect(tokenIn(url)).not.toBe(token)
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(401)
  expect((await get('/api/runs', withToken(url))).status).toBe(401)
  const entered = await fetch(url)
  expect([entered.status, entered.headers.get('set-cookie')]).toEqual([200, expect.stringContaining(token)])
  expect((await fetch(url)).status).toBe(401)
})

test('an address that opens once opens for one of two who ask at the same time', async () => {
  const url = server.urlOnce()
  const answers = await Promise.all([fetch(url), fetch(url)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
})

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'another user of this machine cannot open it first',
  async () => {
    const url = server.urlOnce()
    // By bash, since Node.js may lie where that user cannot read.
    const asked = `GET ${url.slice(url.indexOf('/?'))} HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n`
    const line = `exec 3<>/dev/tcp/127.0.0.1/${port}; printf '${asked}' >&3; head -1 <&3`
    const { stdout } = await promisify(execFile)('bash', ['-c', line], { uid: 65_534 })
    expect(stdout).toContain(' 401 ')
    expect((await fetch(url)).status).toBe(200)
  },
)

studioTest(
  'a browser keeps no token in sight, and finds in again by reload, back, tabs and links',
  async () => {
    await using open = await visit({ url: server.url, at: '#explore?by=umap' })
    const { page: tab, requests } = open
    const { origin } = new URL(server.url)
    await tab.getByRole('heading', { name: 'The studio' }).waitFor()
    expect(tab.url()).toBe(`${origin}/#explore?by=umap`)
    expect(await tab.evaluate(() => document.cookie)).toBe('')
    await tab.reload()
    await tab.getByRole('heading', { name: 'The studio' }).waitFor()
    await tab.goto(`${origin}/#train`)
    await tab.goBack()
    expect(tab.url()).toBe(`${origin}/#explore?by=umap`)
    const second = await tab.context().newPage()
    await second.goto(`${origin}/`)
    await second.getByRole('heading', { name: 'The studio' }).waitFor()
    expect(requests.filter((address) => address.includes(token))).toHaveLength(1)
  },
)

/** A page elsewhere with one link. */
const elsewhere = async (href: string) => {
  const other = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<a href="${href}">the link</a>`)
  })
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready))
  return {
    url: `http://localhost:${(other.address() as AddressInfo).port}/`,
    [Symbol.dispose]: () => other.close(),
  }
}

studioTest('links of other sites and of files lead in, with the token or a cookie', async () => {
  const { origin } = new URL(server.url)
  using fresh = await elsewhere(`${server.url}#tour`)
  await using open = await visit({ url: fresh.url })
  const { page: tab } = open
  const follow = async () => {
    await tab.getByRole('link', { name: 'the link' }).click()
    await tab.getByRole('heading', { name: 'The studio' }).waitFor()
    expect(tab.url()).toBe(`${origin}/#tour`)
  }
  await follow()
  using shared = await elsewhere(`${origin}/#tour`)
  await tab.goto(shared.url)
  await follow()
  const file = join(home.path, 'link.html')
  await writeFile(file, `<a href="${origin}/#tour">the link</a>`)
  await tab.goto(pathToFileURL(file).href)
  await follow()
  await tab.reload()
  await tab.getByRole('heading', { name: 'The studio' }).waitFor()
})

studioTest(
  'after a start with another token a page says so, and the new address leads in again',
  async () => {
    const first = await serve()
    const { origin, port } = new URL(first.url)
    await using open = await visit({ url: first.url })
    const { page: tab } = open
    await tab.getByRole('heading', { name: 'The studio' }).waitFor()
    await first[Symbol.asyncDispose]()
    await using second = await serve(undefined, Number(port))
    await tab.reload()
    await tab.getByRole('heading', { name: 'This studio opens with its token' }).waitFor()
    using link = await elsewhere(`${origin}/`)
    await tab.goto(link.url)
    await tab.getByRole('link', { name: 'the link' }).click()
    await tab.getByRole('heading', { name: 'This studio opens with its token' }).waitFor()
    await tab.goto(second.url)
    await tab.getByRole('heading', { name: 'The studio' }).waitFor()
  },
)
