/** Which files are counted, and where a process leaves what ran in it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
const NONE = /(\.test|\.testing|\.packed|\.d)\.ts$|^src\/apps\/studio\//

/** The path of a file that is counted, from the root; undefined of all others. */
export function countedPath(file: string): string | undefined {
  const path = relative(root, file).replaceAll(sep, '/')
  return path.startsWith('src/') && path.endsWith('.ts') && !NONE.test(path) && path !== SENT
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
    writeFileSync(join(KEPT, name), JSON.stringify(Object.fromEntries(ran)))
  }
  return { leave }
}
