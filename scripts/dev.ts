/** Serves the studio's page from its source, reloading what is edited, with the runs in ./runs: `npm run dev`. */
import { fileURLToPath } from 'node:url'
import { createServer, type Plugin } from 'vite'
import { isolation } from '../src/apps/server/headers.ts'
import { serveStudio } from '../src/apps/server/studio-server.ts'
import { SERVED } from '../src/apps/studio/session/answers.ts'

const page = fileURLToPath(new URL('../src/apps/studio/', import.meta.url))
const { url } = await serveStudio({ page, runs: 'runs', port: 0 })
const { origin: target, searchParams } = new URL(url)
const proxied = {
  target,
  changeOrigin: true,
  headers: { authorization: `Bearer ${searchParams.get('token')}` },
}

/** Tells the page that it is served, as the server does with the built one. */
const served: Plugin = {
  name: 'served',
  transformIndexHtml: () => [{ tag: 'meta', attrs: { name: SERVED, content: 'dev' }, injectTo: 'head' }],
}

const server = await createServer({
  configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
  logLevel: 'info',
  plugins: [served],
  server: { host: '127.0.0.1', headers: isolation, proxy: { '/api': proxied, '/ort': proxied } },
})
await server.listen()
server.printUrls()
