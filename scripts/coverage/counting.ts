/** Which files are counted, and where a process leaves what ran in it. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { threadId } from 'node:worker_threads'
import { instrument } from './instrument.ts'

export const root = join(import.meta.dirname, '..', '..')
/** Where processes leave their counts. */
export const KEPT = join(root, '.cache', 'coverage')

/** Of a file what ran of it, mark by mark. */
export type Counts = Record<string, Uint8Array>

/** Functions of this file are sent to a page as they stand. */
const SENT = 'src/apps/serve/page/script.ts'
/** Folders that run in a browser alone. */
const IN_PAGES = /^src\/(apps\/studio|report\/live|report\/explorer\/player)\//
const NONE = /(\.test|\.testing|\.packed|\.d)\.ts$/

/** The path of a file that is counted, from the root; undefined of all others. */
export function countedPath(file: string): string | undefined {
  const path = relative(root, file).replaceAll(sep, '/')
  return path.startsWith('src/') &&
    path.endsWith('.ts') &&
    !NONE.test(path) &&
    !IN_PAGES.test(path) &&
    path !== SENT
    ? path
    : undefined
}

export const instrumented = (path: string, text = readFileSync(join(root, path), 'utf8')) =>
  instrument(text, path, 'globalThis.$countsOf')

/** Has code of this thread counted from now on; `leave` writes what ran. */
export function startCounting(): { leave: () => void } {
  const counts: Counts = {}
  Object.assign(globalThis, {
    $countsOf: (path: string, size: number) => (counts[path] ??= new Uint8Array(size)),
  })
  const name = `${process.pid}-${threadId}-${process.hrtime.bigint()}.json`
  const leave = () => {
    mkdirSync(KEPT, { recursive: true })
    const ran = Object.entries(counts).map(([path, marks]) => [path, marks.join('')])
    // Who is killed while it writes leaves half a file, which nobody reads.
    const half = join(KEPT, `${name}.half`)
    writeFileSync(half, JSON.stringify(Object.fromEntries(ran)))
    renameSync(half, join(KEPT, name))
  }
  return { leave }
}
