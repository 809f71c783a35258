/** The page as `--static` writes it, on a web server that knows nothing of it. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { builtPage } from '../../scripts/studio-page.mjs'
import { writeStatic } from '../../src/apps/server/static.ts'
import { studioTest, visit } from './harness.ts'
import { runsFolder } from './runs.ts'

const written = await runsFolder()
afterAll(() => written[Symbol.asyncDispose]())
await writeStatic(written.path, await builtPage())

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
}

/** Serves a folder below `/some/folder/`, with none of our headers. */
async function plainServer(folder: string): Promise<AsyncDisposable & { readonly url: string }> {
  const base = '/some/folder/'
  const server = createServer(async ({ url = '' }, response) => {
    const path = url === base ? `${base}index.html` : url
    const body = await readFile(join(folder, path.slice(base.length))).catch(() => undefined)
    const type = types[extname(path)] ?? 'text/javascript'
    response.writeHead(body ? 200 : 404, { 'Content-Type': type }).end(body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

studioTest(
  'in any folder, without headers and without us, the page opens and does not look for us',
  async () => {
    await using site = await plainServer(written.path)
    await using studio = await visit({ url: site.url })
    const { page, complaints, requests } = studio
    await page.getByRole('heading').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
    expect(complaints).toEqual([])
    expect(
      requests.filter((address) => !address.startsWith(site.url) && !/^(data|blob):/.test(address)),
    ).toEqual([])
    expect(requests.filter((address) => address.includes('/api/'))).toEqual([])
  },
)

studioTest('there it trains, on one thread', async () => {
  await using site = await plainServer(written.path)
  await using studio = await visit({ url: site.url })
  const { page, complaints } = studio
  await page.getByRole('button', { name: 'Start training' }).click({ timeout: 60_000 })
  const words = /training [1-9]\d* \/.*WebAssembly, 1 thread(?!s)/
  await page.getByRole('banner').filter({ hasText: words }).waitFor({ timeout: 80_000 })
  expect(complaints).toEqual([])
})
