/** What those are answered who have no token, and those who have just brought it. */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Failure } from '../studio/protocol.ts'

const noToken: Failure = {
  code: 'studio/token',
  seen: 'a request without the token of this studio',
  wanted: 'the token, which is in the address that betavae studio prints',
  fix: 'open the address that betavae studio printed when it was started last; what is trained in this page goes on',
}

/** Answers whoever has no token, in the form that was asked for. */
export function turnAway(request: IncomingMessage, response: ServerResponse, isApi: boolean): void {
  response.setHeader('WWW-Authenticate', 'Bearer realm="betavae studio"')
  const { accept, 'sec-fetch-site': from } = request.headers
  const { seen, wanted, fix } = noToken
  if (isApi) send(request, response, 401, 'application/json', JSON.stringify({ failure: noToken }))
  else if (!accept?.includes('text/html'))
    send(request, response, 401, 'text/plain', `${seen}; wanted ${wanted}. Fix: ${fix}.\n`)
  else {
    // A strict cookie stays at home when a link elsewhere leads here; our own page then asks again, and has it.
    const script = from === 'cross-site' ? again : ''
    sendPage(request, response, 401, { script, title: 'This studio opens with its token', words: turnedAway })
  }
}

/** Leaves the cookie, and sends the browser on to the same address without the token. */
export function letIn(request: IncomingMessage, response: ServerResponse, cookie: string): void {
  response.setHeader('Set-Cookie', cookie)
  sendPage(request, response, 200, { script: onward, title: 'betavae studio', words: entering })
}

// Not by a redirect: after one from another site's link the browser would keep a strict cookie to itself.
const onward = 'location.replace(location.pathname + location.hash)'
const again = "if (performance.getEntriesByType('navigation')[0]?.type !== 'reload') location.reload()"

const entering = '<p>The studio opens. If it does not, <a href="./">go on to it</a>.</p>'
const turnedAway = `<p>It reads the runs of whoever started it, and nobody else may.</p>
<p>Open the address that <code>betavae studio</code> printed in its terminal when it was started last; it ends in
<code>?token=…</code> with the token. If you cannot find it, end the studio with Ctrl-C and start it again.</p>
<p>A training of this page is kept in the browser, and goes on once the studio is open again.</p>`

const style = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:36rem;margin:12vh auto;padding:0 1.5rem}
h1{font-size:1.4rem}code{font-size:.95em}`

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

interface Page {
  readonly script: string
  readonly title: string
  readonly words: string
}

function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  { script, title, words }: Page,
): void {
  response.setHeader(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      `script-src ${script === '' ? "'none'" : sourceOf(script)}`,
      `style-src ${sourceOf(style)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  )
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${style}</style>
<h1>${title}</h1>
${words}
${script === '' ? '' : `<script>${script}</script>\n`}</html>
`
  send(request, response, status, 'text/html', html)
}

function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
): void {
  const body = Buffer.from(text)
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
  })
  response.end(method === 'HEAD' ? undefined : body)
}
