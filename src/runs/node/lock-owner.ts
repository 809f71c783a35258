import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'

/** Who holds a lock: a process, and where its number means something. */
export interface LockOwner {
  /** Of this lock alone. */
  readonly token: string
  readonly pid: number
  /** When the process began, as its system counts; a number that another process has now began at another time. */
  readonly began: string
  /** Machine, start of the machine and, on Linux, the namespace within which process numbers are told apart. */
  readonly place: string
  /** For people. */
  readonly host: string
  /** What the owner changes every second while it lives; of constant length, since it is written in place. */
  readonly beat: string
}

let here: Omit<LockOwner, 'token' | 'beat'> | undefined

/** A lock of this process that nobody has yet. */
export function ownLock(): LockOwner {
  here ??= {
    pid: process.pid,
    began: (isLinux ? beganIn('/proc/self/stat') : undefined) ?? '',
    place: isLinux ? linuxPlace() : otherPlace(),
    host: hostname(),
  }
  return { ...here, token: randomUUID(), beat: beatOf(0) }
}

export const beatOf = (count: number): string => String(count).padStart(12, '0')

/** A lock as text, and back; undefined where that is no lock, as when its owner was killed while writing it. */
export const lockText = (owner: LockOwner): string => `${JSON.stringify(owner)}\n`

export function readOwner(text: string): LockOwner | undefined {
  try {
    const owner: LockOwner = JSON.parse(text)
    const texts = [owner.token, owner.began, owner.place, owner.host, owner.beat]
    return texts.every((field) => typeof field === 'string') && Number.isInteger(owner.pid)
      ? owner
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether an owner lives; undefined where only its beats can tell: on another machine or in another container, whose
 * process numbers mean nothing here, and in another thread of this process.
 */
export function livesHere(owner: LockOwner): boolean | undefined {
  const own = ownLock()
  if (owner.place !== own.place || own.place === UNKNOWN) return undefined
  if (owner.pid === own.pid) return owner.began === own.began ? undefined : false
  const began = isLinux ? beganIn(`/proc/${owner.pid}/stat`) : undefined
  // What cannot be looked up, as another user's process where /proc hides those, may be there all the same.
  if (began === undefined) return exists(owner.pid) ? undefined : false
  return began === owner.began
}

const isLinux = process.platform === 'linux'

/** A place that cannot be told from others. */
const UNKNOWN = ''

/** When a process began, in ticks since the machine's start; empty where it is dead and not yet buried, undefined where there is nothing to read. */
function beganIn(stat: string): string | undefined {
  const text = read(stat)
  if (text === '') return undefined
  // The name in parentheses may hold blanks and parentheses itself.
  const [state = 'Z', ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' || state === 'X' ? '' : (fields[BEGAN] ?? '')
}

/** Field 22 of `/proc/<pid>/stat` (proc(5)), of those that follow the state, which is the third. */
const BEGAN = 22 - 4

function linuxPlace(): string {
  const boot = read('/proc/sys/kernel/random/boot_id').trim()
  try {
    // A namespace may see another's /proc, whose numbers are not its own.
    const isOwn = readlinkSync('/proc/self') === String(process.pid)
    return boot !== '' && isOwn ? `${boot} ${readlinkSync('/proc/self/ns/pid')}` : UNKNOWN
  } catch {
    return UNKNOWN
  }
}

/** Elsewhere: two machines of one name differ in their network cards. */
function otherPlace(): string {
  const cards = Object.values(networkInterfaces()).flatMap((card) => card?.map(({ mac }) => mac) ?? [])
  return `${hostname()} ${[...new Set(cards)].sort().join(' ')}`
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs and is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
