/** Markdown as HTML: headings with addresses, code in colors, links between files as links between pages. */
import { dirname, join, normalize } from 'node:path/posix'
import MarkdownIt, { type Token } from 'markdown-it'
import { escaped, highlighted } from './highlight.ts'
import { addressOf } from './pages.ts'

export interface Heading {
  readonly level: number
  readonly id: string
  readonly text: string
}

export interface Rendered {
  readonly html: string
  readonly headings: readonly Heading[]
  /** Files that the page shows, from the root. */
  readonly files: readonly string[]
}

/** As GitHub makes them, so that a link into a page leads to its place here, too. */
export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .trim()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')

/** Where a link of a page leads on the site; undefined of what is in the repository alone. */
function led(href: string, source: string, files: string[]): string | undefined {
  if (/^([a-z]+:|#)/.test(href)) return href
  const [path, hash] = href.split('#')
  if (path.endsWith('.html')) return href
  const target = normalize(join(dirname(source), path))
  const address = addressOf(target)
  if (address !== undefined) return `${address}.html${hash === undefined ? '' : `#${hash}`}`
  if (/\.(png|svg|gif)$/.test(target)) {
    files.push(target)
    return `files/${target}`
  }
  return undefined
}

/** Where words of a page lead that are no links in its Markdown; undefined where nowhere. */
export interface Leads {
  /** A name within a program. */
  readonly name?: (name: string) => string | undefined
  /** Code within a sentence, such as that of an error. */
  readonly code?: (text: string) => string | undefined
}

/** Gives headings their addresses. */
function headed(tokens: readonly Token[]): Heading[] {
  const headings: Heading[] = []
  const taken = new Set<string>()
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue
    const text = (tokens[at + 1].children ?? []).map(({ content }) => content).join('')
    const slug = slugOf(text)
    const again = Array.from({ length: 99 }, (_, i) => (i === 0 ? slug : `${slug}-${i}`))
    const id = again.find((one) => !taken.has(one)) ?? slug
    taken.add(id)
    token.attrSet('id', id)
    headings.push({ level: Number(token.tag.slice(1)), id, text })
  }
  return headings
}

/** Leads links and pictures of a paragraph to where they are on the site; gives the pictures. */
function linked(children: readonly Token[], source: string): string[] {
  const files: string[] = []
  for (const [place, child] of children.entries()) {
    if (child.type === 'image') child.attrSet('src', led(child.attrGet('src') ?? '', source, files) ?? '')
    if (child.type !== 'link_open') continue
    const given = child.attrGet('href') ?? ''
    const href = led(given, source, files)
    child.attrs = href === undefined ? [['title', `in the repository: ${given}`]] : [['href', href]]
    if (href !== undefined) continue
    child.tag = 'span'
    const close = children.slice(place).find(({ type }) => type === 'link_close')
    if (close) close.tag = 'span'
  }
  return files
}

export function render(markdown: string, source: string, leads: Leads = {}): Rendered {
  const md = new MarkdownIt({ html: true })
  const tokens = md.parse(markdown, {})
  const headings = headed(tokens)
  const files = tokens.flatMap(({ children }) => linked(children ?? [], source))
  const { rules } = md.renderer
  // A link to the place itself, for whoever wants to hand it on.
  rules.heading_close = (all, at) => {
    const [id, title] = [all[at - 2].attrGet('id'), all[at - 1].content.replaceAll('`', '')]
    const anchor = `<a class="anchor" href="#${id}" aria-label="Link to ${escaped(title)}"></a>`
    return `${all[at].tag === 'h1' ? '' : anchor}</${all[at].tag}>\n`
  }
  // What is wider than the page is moved sideways, by keys, too.
  rules.fence = (all, at) => {
    const { content, info } = all[at]
    const [language] = info.split(' ')
    const code = highlighted(content.trimEnd(), language, leads.name)
    return `<div class="code" data-language="${escaped(language)}"><pre tabindex="0"><code>${code}</code></pre></div>\n`
  }
  rules.code_inline = (all, at) => {
    const code = `<code>${escaped(all[at].content)}</code>`
    const isWithin = all.slice(0, at).findLast(({ type }) => type.startsWith('link_'))?.type === 'link_open'
    const href = isWithin ? undefined : leads.code?.(all[at].content)
    return href === undefined ? code : `<a href="${href}">${code}</a>`
  }
  rules.table_open = () => '<div class="wide" tabindex="0" role="region" aria-label="Table"><table>\n'
  rules.table_close = () => '</table></div>\n'
  return { html: md.renderer.render(tokens, md.options, {}), headings, files }
}
