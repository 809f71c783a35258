/** What the page of a search looks through: every heading with the words below it. */
import type { Rendered } from './markdown.ts'
import type { PageSource } from './pages.ts'

export type Entry = readonly [page: string, id: string, title: string, words: string]

const MOST_LETTERS = 1200

const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()

export function entriesOf(page: PageSource, { html }: Rendered): Entry[] {
  const parts = html.split(/(?=<h[1-4] id=")/)
  return parts.flatMap((part) => {
    const [, id, title] = /^<h\d id="([^"]*)"[^>]*>([\s\S]*?)<\/h\d>/.exec(part) ?? []
    if (id === undefined) return []
    const words = plain(part.replace(/^<h\d[\s\S]*?<\/h\d>/, '')).slice(0, MOST_LETTERS)
    return [[page.at, id, plain(title), words] as const]
  })
}
