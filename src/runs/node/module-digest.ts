import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** What a module imports from files beside it; what it has from packages is theirs to version. */
const BESIDE = /(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}\/[^'"]+)\1/g

/**
 * SHA-256 of a module and of all that it imports from files beside it, in the order in which they are met; of a module that
 * stands alone, of its bytes. A file that is not there counts as empty. Rejects where the module itself cannot be read.
 */
export async function moduleDigest(module: string): Promise<string> {
  const hash = createHash('sha256').update(await readFile(module))
  const seen = new Set([module])
  const waiting = await besideOf(module)
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue
    seen.add(next)
    hash.update(await readFile(next).catch(() => ''))
    waiting.push(...(await besideOf(next)))
  }
  return hash.digest('hex')
}

async function besideOf(module: string): Promise<string[]> {
  const text = await readFile(module, 'utf8').catch(() => '')
  return Array.from(text.matchAll(BESIDE), ([, , path]) => resolve(dirname(module), path))
}
