import { html, type Markup, trusted } from './html.ts'
import live from './live/live.packed.ts'
import { style } from './style.ts'

/** Forbids every request: all that the page shows is inside it. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

export interface PageContents {
  readonly title: string
  readonly body: Markup
  /** Rules of this page alone, after those of all pages. */
  readonly ownStyle?: string
  /** Runs before that of all pages. */
  readonly ownScript?: string
}

/** One HTML document that opens offline; reads without its script. */
export const htmlDocument = ({ title, body, ownStyle = '', ownScript = '' }: PageContents): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<title>${title}</title>
<style>${trusted(style + ownStyle)}</style>
</head>
<body>
<main>
${body}
</main>
<script>${trusted(ownScript + live)}</script>
</body>
</html>
`.markup
