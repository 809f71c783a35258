/** Links and pictures of a folder of pages that lead nowhere within it; none may be asked for from elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export function deadLinks(folder: string): string[] {
  const pages = new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.html'))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
  const places = new Map(
    [...pages].map(([name, html]) => [
      name,
      new Set(Array.from(html.matchAll(/ id="([^"]+)"/g), ([, id]) => id)),
    ]),
  )
  const dead: string[] = []
  for (const [name, html] of pages) {
    for (const [, kind, address] of html.matchAll(/ (href|src)="([^"]*)"/g)) {
      if (address.startsWith('data:')) continue
      if (/^https?:/.test(address)) {
        if (kind === 'src') dead.push(`${name}: ${address} is not of this site`)
        continue
      }
      const [path, id] = address.split('#')
      const target = path === '' ? name : decodeURI(path)
      if (!existsSync(join(folder, target)) && !target.startsWith('try/')) dead.push(`${name}: ${address}`)
      else if (id && places.has(target) && !places.get(target)?.has(decodeURIComponent(id)))
        dead.push(`${name}: ${address}`)
    }
  }
  return [...new Set(dead)]
}
