import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { version } from '../../inside.node.ts'
import { SERVED } from '../studio/session/answers.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** The file of a folder that an address below it means; undefined where it leads out of the folder. */
export function fileIn(folder: string, address: string): string | undefined {
  const path = resolve(folder, `./${address === '' ? 'index.html' : address}`)
  return path.startsWith(resolve(folder) + sep) && !address.includes('\0') ? path : undefined
}

/** Answers with a file; false where there is none. */
export async function answerFile(
  path: string,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const about = await stat(path).catch(() => undefined)
  if (!about?.isFile()) return false
  const type = types[extname(path)] ?? 'application/octet-stream'
  if (extname(path) === '.html') {
    const text = Buffer.from(marked(await readFile(path, 'utf8')))
    response.writeHead(200, {
      'Content-Type': type,
      'Cache-Control': 'no-cache',
      'Content-Length': text.length,
    })
    response.end(method === 'HEAD' ? undefined : text)
    return true
  }
  const tag = `"${about.size.toString(36)}-${Math.floor(about.mtimeMs).toString(36)}"`
  response.setHeader('ETag', tag).setHeader('Cache-Control', cachingOf(path))
  if (headers['if-none-match'] === tag) {
    response.writeHead(304).end()
    return true
  }
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': about.size })
  if (method === 'HEAD') response.end()
  else await pipeline(createReadStream(path), response)
  return true
}

/** Files of the build are named by what they hold; others may change with the next version. */
const cachingOf = (path: string): string =>
  /[\\/]assets[\\/][^\\/]+-[\w-]{8}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'

/** The page, told that it is served by us. */
const marked = (html: string): string =>
  html.replace('</head>', `<meta name="${SERVED}" content="${version}">\n</head>`)
