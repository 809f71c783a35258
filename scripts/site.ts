/**
 * Builds the documentation site into `site/` from docs/, the sources and their comments: `npm run site`. It is files
 * alone, opens from disk or from any web server, and asks for nothing beyond itself. A link that leads nowhere fails it.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeStatic } from '../src/apps/server/static.ts'
import { apiPages } from './site/api.ts'
import { commandsPage } from './site/commands.ts'
import { allErrors, errorsPage } from './site/errors.ts'
import { gallery } from './site/gallery.ts'
import { deadLinks } from './site/links.ts'
import { type Rendered, render, slugOf } from './site/markdown.ts'
import { allPages, type PageSource } from './site/pages.ts'
import { type Entry, entriesOf } from './site/search.ts'
import { shell } from './site/shell.ts'
import { builtPage } from './studio-page.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'site')
const ASSETS = join(root, 'scripts', 'site', 'assets')
const TOKENS = join(root, 'src', 'apps', 'studio', 'design', 'tokens.css')

rmSync(out, { recursive: true, force: true })
mkdirSync(join(out, 'assets'), { recursive: true })

const api = await apiPages()
const pictures = gallery(root)
const made: Readonly<Record<string, string>> = {
  errors: errorsPage(root),
  commands: await commandsPage(),
  gallery: pictures.markdown,
  ...api.pages,
}
const codes = new Set(allErrors(root).keys())
const errorAt = (text: string) => (codes.has(text) ? `errors.html#${slugOf(text)}` : undefined)
const entries: Entry[] = []
const files = new Set(pictures.files)

function write(page: PageSource, rendered: Rendered): void {
  writeFileSync(join(out, `${page.at}.html`), shell(page, rendered.html, rendered.headings))
  entries.push(...entriesOf(page, rendered))
  for (const path of rendered.files) files.add(path)
}

for (const page of allPages) {
  const markdown = page.source ? readFileSync(join(root, page.source), 'utf8') : made[page.at]
  const leads = {
    ...(page.at in api.pages && { name: api.link }),
    ...(page.at !== 'errors' && { code: errorAt }),
  }
  write(page, render(markdown, page.source ?? `${page.at}.md`, leads))
}

for (const path of files) {
  mkdirSync(dirname(join(out, 'files', path)), { recursive: true })
  cpSync(join(root, path), join(out, 'files', path))
}
cpSync(ASSETS, join(out, 'assets'), { recursive: true })
const css = [TOKENS, join(ASSETS, 'style.css')].map((path) => readFileSync(path, 'utf8'))
writeFileSync(join(out, 'assets', 'style.css'), css.join('\n'))
const titles = Object.fromEntries(allPages.map(({ at, title }) => [at, title]))
writeFileSync(
  join(out, 'assets', 'search.js'),
  `globalThis.betavaeSearch = ${JSON.stringify({ titles, entries })}\n`,
)
if (!process.argv.includes('--no-studio')) await writeStatic(join(out, 'try'), await builtPage())

const dead = deadLinks(out)
if (dead.length > 0) {
  console.error(`links that lead nowhere:\n${dead.join('\n')}`)
  process.exitCode = 1
}
console.error(`site/: ${allPages.length} pages, ${entries.length} places to find`)
