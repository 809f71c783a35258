/** Lines that ran, by the floors of ARCHITECTURE.md. */
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countedPath, instrumented, KEPT, root } from './counting.ts'

export interface Covered {
  readonly lines: number
  readonly ran: number
}

/** Which marks of each file ran in any process. */
export function gathered(): Map<string, Set<number>> {
  const all = new Map<string, Set<number>>()
  for (const name of readdirSync(KEPT).filter((one) => one.endsWith('.json'))) {
    const counts: Record<string, string> = JSON.parse(readFileSync(join(KEPT, name), 'utf8'))
    for (const [path, marks] of Object.entries(counts)) {
      const ran = all.get(path) ?? new Set()
      for (let i = 0; i < marks.length; i++) if (marks[i] === '1') ran.add(i)
      all.set(path, ran)
    }
  }
  return all
}

/** Lines of a file on which something begins, and of these such on which something ran. */
export function coveredOf(lines: readonly number[], ran: ReadonlySet<number>): Covered {
  return { lines: new Set(lines).size, ran: new Set(lines.filter((_, mark) => ran.has(mark))).size }
}

/** Floors by folder, as the table of ARCHITECTURE.md has them; what stands above all others has none. */
function floors(): Map<string, string> {
  const rows = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').matchAll(/^\| (\d*) ?\| `([\w/]+)` \|/gm)
  return new Map(Array.from(rows, ([, floor, folder]) => [folder, floor]))
}

const add = (a: Covered | undefined, b: Covered): Covered => ({
  lines: (a?.lines ?? 0) + b.lines,
  ran: (a?.ran ?? 0) + b.ran,
})

/** The folder of the table that a file is in; its first one where the table has none. */
const folderOf = (path: string, known: ReadonlyMap<string, string>): string => {
  const [, first, second] = path.split('/')
  const both = `${first}/${second}`
  if (known.has(both)) return both
  return first.endsWith('.ts') ? 'inside' : first
}

/** Lines by folder, lowest floor first, and the files with the most lines that did not run. */
export function coverage(): {
  floors: (Covered & { floor: string; folder: string })[]
  files: (Covered & { path: string })[]
} {
  const known = floors()
  const marks = gathered()
  const files = globSync('src/**/*.ts', { cwd: root }).flatMap((name) => {
    const path = countedPath(join(root, name))
    return path === undefined
      ? []
      : [{ path, ...coveredOf(instrumented(path).lines, marks.get(path) ?? new Set()) }]
  })
  const sums = new Map<string, Covered>()
  for (const file of files) {
    const folder = folderOf(file.path, known)
    sums.set(folder, add(sums.get(folder), file))
  }
  const rows = [...sums].map(([folder, sum]) => ({ floor: known.get(folder) ?? '', folder, ...sum }))
  const height = (floor: string): number => (floor === '' ? Number.POSITIVE_INFINITY : Number(floor))
  return {
    floors: rows.sort((a, b) => height(a.floor) - height(b.floor) || a.folder.localeCompare(b.folder)),
    files: files.sort((a, b) => b.lines - b.ran - (a.lines - a.ran)),
  }
}
