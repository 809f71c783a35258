/** What stands around the text of every page. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { escaped } from './highlight.ts'
import type { Heading } from './markdown.ts'
import { allPages, type PageSource, sections } from './pages.ts'

/** No request may leave the site, whatever a page holds; the studio among its files has a policy of its own. */
const POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
) as { version: string }

function menu(page: PageSource): string {
  const groups = sections.map(({ title, pages }) => {
    const links = pages.map(({ at, title: name }) => {
      const current = at === page.at ? ' aria-current="page"' : ''
      return `<li><a href="${at}.html"${current}>${escaped(name)}</a></li>`
    })
    return `<h2>${escaped(title)}</h2><ul>${links.join('')}</ul>`
  })
  return groups.join('')
}

/** More places than these are told by the larger headings alone. */
const MOST_PLACES = 250

/** Places of a page, where it has several. */
function contents(headings: readonly Heading[]): string {
  const both = headings.filter(({ level }) => level === 2 || level === 3)
  const places = both.length > MOST_PLACES ? both.filter(({ level }) => level === 2) : both
  if (places.length < 2) return ''
  const links = places.map(
    ({ id, text, level }) => `<li class="level-${level}"><a href="#${id}">${escaped(text)}</a></li>`,
  )
  return `<nav class="places" aria-label="On this page"><h2>On this page</h2><ul>${links.join('')}</ul></nav>`
}

/** The pages before and after. */
function neighbors(page: PageSource): string {
  const at = allPages.indexOf(page)
  const link = (one: PageSource | undefined, words: string) =>
    one
      ? `<a class="neighbor" href="${one.at}.html"><span>${words}</span><b>${escaped(one.title)}</b></a>`
      : '<span></span>'
  return `<nav class="neighbors" aria-label="Pages before and after">${link(allPages[at - 1], 'Before')}${link(allPages[at + 1], 'Next')}</nav>`
}

export const shell = (
  page: PageSource,
  html: string,
  headings: readonly Heading[],
): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(page.title)} · betavae</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/style.css">
<script src="assets/theme.js"></script>
<script src="assets/page.js" defer></script>
<script src="assets/find.js" defer></script>
<a class="skip" href="#the-text">Skip to the text</a>
<header>
<a class="brand" href="index.html"><span aria-hidden="true">β</span>betavae</a>
<div class="search"><label for="search">Search</label><input id="search" type="search" autocomplete="off" placeholder="A word, an option, the code of an error" aria-controls="found"><kbd aria-hidden="true">/</kbd><div id="found" role="region" aria-label="What is found" hidden></div></div>
<button id="theme" type="button" aria-label="Light or dark" title="Light or dark"><svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true"><circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="2"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/></svg></button>
</header>
<div class="around">
<details class="menu" open><summary>All pages</summary><nav aria-label="All pages">${menu(page)}</nav></details>
<main id="the-text" tabindex="-1">
${html}
${neighbors(page)}
<footer>betavae ${version} · Apache-2.0 · built from <code>${escaped(page.source ?? 'the sources')}</code>, and asks for nothing beyond itself</footer>
</main>
${contents(headings)}
</div>
`
