import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'

const runtimeFolder = new URL('./', import.meta.resolve('onnxruntime-web/wasm'))
/** Where a page finds ONNX Runtime's files. */
export const runtimePath = '/onnxruntime/'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
}

/** With these a page is cross-origin isolated, and may share memory between threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

export interface Site extends AsyncDisposable {
  readonly url: string
}

/** Serves `files` (by path) and ONNX Runtime's, its .wasm files on any path if told, on a free port of this machine alone. */
export async function serve(
  files: Readonly<Record<string, string>>,
  isolated: boolean,
  runtimeBeside = false,
): Promise<Site> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const body = files[pathname] ?? (await runtimeFile(pathname, runtimeBeside))
    answer(response, pathname, body, isolated)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

async function runtimeFile(path: string, beside: boolean): Promise<Buffer | undefined> {
  if (!path.startsWith(runtimePath) && !(beside && path.endsWith('.wasm'))) return undefined
  return readFile(fileURLToPath(new URL(basename(path), runtimeFolder))).catch(() => undefined)
}

function answer(
  response: ServerResponse,
  path: string,
  body: string | Buffer | undefined,
  isolated: boolean,
) {
  response.writeHead(body === undefined ? 404 : 200, {
    'Content-Type': types[extname(path)] ?? 'text/html',
    ...(isolated ? isolation : {}),
  })
  response.end(body)
}
