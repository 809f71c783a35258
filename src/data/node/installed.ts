import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Where a module of an installed package lies: found beside this one first, then from the working directory. */
export function installed(specifier: string): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return createRequire(from).resolve(specifier)
    } catch {
      // Not to be found from here.
    }
  }
  return undefined
}
