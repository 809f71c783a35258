/**
 * What tests need and the repository does not hold. On a person's machine what is missing leaves tests out, and the end
 * of the run says which (test/left-out.ts); in CI it is a failure, unless BETAVAE_WITHOUT names it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './browser/chromium.ts'

interface Outside {
  readonly found: () => boolean
  /** What it is and how it comes here. */
  readonly words: string
  /** Test files that are nothing without it, as globs from the root. */
  readonly files: readonly string[]
}

/** Whether a program is on the PATH. */
const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0

const DATA = join(import.meta.dirname, '..', '..', 'shared', 'data')

export const outside = {
  data: {
    found: () => existsSync(join(DATA, 'odds')) && existsSync(join(DATA, 'uci')),
    words: 'tables of the ODDS collection and of UCI in ../shared/data, see CONTRIBUTING.md',
    files: ['test/anomaly/odds.test.ts', 'test/tables/odds.test.ts'],
  },
  postgres: {
    found: () => existsSync('/usr/lib/postgresql'),
    words: "PostgreSQL of Debian's package: apt-get install postgresql",
    files: ['test/databases/{databases,sources}.test.ts', 'test/queue/{jobs,parts,queue}.test.ts'],
  },
  chromium: {
    found: () => findChromium() !== undefined,
    words: 'Chromium: apt-get install chromium, or set CHROMIUM_PATH to one',
    files: [],
  },
  zsh: { found: () => isThere('zsh'), words: 'the shell zsh: apt-get install zsh', files: [] },
  fish: { found: () => isThere('fish'), words: 'the shell fish: apt-get install fish', files: [] },
} satisfies Record<string, Outside>

/** Names that BETAVAE_WITHOUT knows; of Python each test says which packages it wants (test/python/python.ts). */
type Name = keyof typeof outside | 'python'

/** Whether tests go without it. In CI that is an error where nobody said so. */
export function lacks(
  name: Name,
  { found, words }: Outside = outside[name as keyof typeof outside],
  { CI, BETAVAE_WITHOUT = '' }: NodeJS.ProcessEnv = process.env,
): boolean {
  if (found()) return false
  if (CI && !BETAVAE_WITHOUT.split(',').includes(name))
    throw new Error(`tests need ${words}; to go without it in CI, say BETAVAE_WITHOUT=${name}`)
  return true
}

/** A file of the data beside the repository. */
export const dataFile = (path: string): string => join(DATA, path)

/** What is missing here and leaves whole files out. */
export const missing = (): readonly Outside[] =>
  Object.entries(outside).flatMap(([name, one]: [string, Outside]) =>
    one.files.length > 0 && lacks(name as keyof typeof outside) ? [one] : [],
  )
