/**
 * Loaded before a program (`node --import`): counts how its first thread changes files, and at the call number
 * BETAVAE_CRASH_AT ends it by SIGKILL, a write after half of its bytes. Without it the count is left in the file
 * BETAVAE_CRASH_COUNT.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { isMainThread } from 'node:worker_threads'

// The object that patches show through, which an `import` of names is not.
const fs = createRequire(import.meta.url)('node:fs') as typeof import('node:fs')

const { BETAVAE_CRASH_AT: at, BETAVAE_CRASH_COUNT: left } = process.env
const crashAt = at === undefined ? Number.POSITIVE_INFINITY : Number(at)
let calls = 0

type Call = (this: unknown, ...given: unknown[]) => unknown
type Content = string | Uint8Array

const half = (content: Content): Content => content.slice(0, Math.ceil(content.length / 2))
const isContent = (value: unknown): value is Content =>
  typeof value === 'string' || value instanceof Uint8Array

/** Writes what is given only in half; undefined where a call writes nothing. */
const writes: Readonly<Record<string, (self: unknown, given: readonly unknown[]) => void>> = {
  writeFile: (self, [first, second]) => {
    if (isContent(first) && self === undefined) return
    if (typeof first === 'string' && isContent(second)) fs.writeFileSync(first, half(second))
  },
  appendFile: (self, [first, second]) => {
    if (typeof first === 'string' && isContent(second)) fs.appendFileSync(first, half(second))
    else if (isContent(first)) fs.writeSync((self as { fd: number }).fd, half(first) as Uint8Array)
  },
}

function counted(owner: Record<string, unknown>, name: string): void {
  const work = owner[name] as Call
  owner[name] = function (this: unknown, ...given: unknown[]) {
    const readsOnly = name.startsWith('open') && (given[1] === undefined || given[1] === 'r')
    if (!readsOnly && ++calls === crashAt) {
      writes[name]?.(this, given)
      process.kill(process.pid, 'SIGKILL')
    }
    return work.apply(this, given)
  }
}

const PROMISED = ['open', 'writeFile', 'appendFile', 'rename', 'rm', 'mkdir', 'rmdir', 'chmod']
const HANDLE = ['appendFile', 'write', 'writeFile', 'writev', 'sync', 'close', 'truncate', 'chmod']
const SYNC = ['openSync', 'writeSync', 'writeFileSync', 'appendFileSync', 'renameSync', 'mkdirSync', 'rmSync']

if (isMainThread) {
  const probe = await fs.promises.open(process.execPath)
  const handle = Object.getPrototypeOf(probe) as Record<string, unknown>
  await probe.close()
  for (const name of PROMISED) counted(fs.promises as unknown as Record<string, unknown>, name)
  for (const name of HANDLE) counted(handle, name)
  for (const name of SYNC) counted(fs as unknown as Record<string, unknown>, name)
  syncBuiltinESMExports()
  const { writeFileSync } = fs
  if (left !== undefined)
    process.on('exit', () => {
      writeFileSync(left, String(calls))
    })
}
