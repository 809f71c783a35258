/**
 * Makes a release of what is committed: `npm run release -- 0.2.0` writes the number wherever it stands, dates the
 * changelog, commits and tags. It refuses a tree with changes, a report of the public API that is not that of the
 * sources, a changelog that says nothing new and a number that is not greater. Nothing is published: it says how.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

/** Where the number stands, and what stands before it there; made files have it from these. */
const NUMBERED = [
  ['package.json', '"version": '],
  ['package-lock.json', '"version": '],
  ['src/export/version.ts', 'version = '],
] as const
const CHANGELOG = 'CHANGELOG.md'
const NEWS = /^## Unreleased\n\n(?=\S)(?!## )/m

const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim()
const node = (...words: string[]): void => void execFileSync(process.execPath, words, { stdio: 'inherit' })
const read = (path: string): string => readFileSync(path, 'utf8')

const partsOf = (version: string): number[] | undefined =>
  /^\d+\.\d+\.\d+$/.test(version) ? version.split('.').map(Number) : undefined

/** Whether a version comes after another. */
function isAfter(next: string, last: string): boolean {
  const [a, b] = [partsOf(next), partsOf(last)]
  if (!a || !b) return false
  const at = a.findIndex((part, i) => part !== b[i])
  return at >= 0 && a[at] > b[at]
}

function isApiStale(): boolean {
  try {
    node('scripts/api.mjs', '--check')
    return false
  } catch {
    return true
  }
}

/** Why there can be no release now; checked in the order in which a person would mend it. */
function reasonAgainst(next: string, last: string): string | undefined {
  if (!isAfter(next, last))
    return `version ${JSON.stringify(next)} does not come after ${last}. Fix: npm run release -- MAJOR.MINOR.PATCH`
  if (git('status', '--porcelain') !== '') return 'the tree has changes. Fix: commit them or put them away'
  if (git('tag', '--list', `v${next}`) !== '')
    return `there is a tag v${next} already. Fix: take another number`
  if (!NEWS.test(read(CHANGELOG)))
    return `${CHANGELOG} says nothing under “## Unreleased”. Fix: write what changed there`
  if (isApiStale())
    return 'docs/api.md is not what the sources export. Fix: npm run api, look at it, and commit'
  return undefined
}

/** The number of the first place is the package's own; those after it belong to others. */
function renumber(next: string): void {
  for (const [path, before] of NUMBERED) {
    const text = read(path)
    const at = text.indexOf(before) + before.length
    const quote = text[at]
    const end = text.indexOf(quote, at + 1)
    writeFileSync(path, text.slice(0, at + 1) + next + text.slice(end))
  }
  // The lock file tells of the package twice: as the whole, and as the first of its packages.
  const lock = JSON.parse(read('package-lock.json'))
  lock.packages[''].version = next
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
}

function release(next: string): void {
  const last = JSON.parse(read('package.json')).version as string
  const reason = reasonAgainst(next, last)
  if (reason !== undefined) {
    console.error(reason)
    process.exitCode = 1
    return
  }
  renumber(next)
  const day = new Date().toISOString().slice(0, 10)
  writeFileSync(CHANGELOG, read(CHANGELOG).replace('## Unreleased\n', `## ${next} (${day})\n`))
  node('scripts/api.mjs')
  node('scripts/notice.mjs')
  git('commit', '--all', '--quiet', '--message', `Version ${next}`)
  git('tag', `v${next}`)
  console.error(`v${next} is committed and tagged. To publish it: git push --follow-tags && npm publish`)
}

release(process.argv[2] ?? '')
