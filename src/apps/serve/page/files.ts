import { version } from '../../../inside.node.ts'
import { scriptText } from './script.ts'
import { style } from './style.ts'

/** The page of a server, by address: how the server stands, and a form for each model. */
export const pageFiles = (): Readonly<Record<string, { readonly type: string; readonly text: string }>> => ({
  '/': { type: 'text/html; charset=utf-8', text: html },
  '/page.css': { type: 'text/css; charset=utf-8', text: style },
  '/page.js': { type: 'text/javascript; charset=utf-8', text: scriptText() },
})

const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<title>betavae serve</title>
<header>
<h1>betavae serve</h1>
<p id="state" role="status">Asking the server how it stands…</p>
</header>
<main>
<form id="door" hidden>
<label for="key">Key of this server</label>
<input id="key" type="password" autocomplete="off" required>
<button>Show</button>
</form>
<dl id="facts" aria-label="The server"></dl>
<div id="models"></div>
<noscript><p>This page needs JavaScript; GET /status and GET /models tell the same.</p></noscript>
</main>
<footer><p>betavae ${version} · <a href="openapi.json">openapi.json</a> · <a href="metrics">metrics</a> · <a href="models">models</a></p></footer>
<script src="page.js" type="module"></script>
</html>
`
