import { type FileHandle, open, stat } from 'node:fs/promises'
import { fail } from '../../base/errors.ts'
import type { LoggedEvent } from '../journal.ts'
import { readEvent } from '../logged-event.ts'

/** Events of a log, in order; none where there is no log. A last line that a crash tore is left out. */
export const readLog = (path: string): Promise<LoggedEvent[]> => readEnd(path, Number.POSITIVE_INFINITY)

/** Events in the last so many bytes of a log. */
export async function readEnd(path: string, bytes: number): Promise<LoggedEvent[]> {
  const read = await openLog(path, (file, to) => {
    const from = Math.max(0, to - bytes)
    return linesAt(file, { from, to, inLine: from > 0 })
  })
  return read ? [...read.events, ...lastOf(read.rest)] : []
}

/** A place in a log: bytes and events before it. */
export interface LogPlace {
  readonly bytes: number
  readonly events: number
}

/** Events that were added after a place, as far as their lines are whole, and the place after them. */
export async function readAdded(
  path: string,
  place: LogPlace,
): Promise<{ readonly events: readonly LoggedEvent[]; readonly place: LogPlace }> {
  const added = await openLog(path, (file, size) => linesAt(file, { from: place.bytes, to: size }))
  if (!added) return { events: [], place }
  const { events, bytes } = added
  return { events, place: { bytes: place.bytes + bytes, events: place.events + events.length } }
}

/** Reads what is a file alone: a pipe would keep its reader waiting for ever. */
async function openLog<Result>(
  path: string,
  read: (file: FileHandle, size: number) => Promise<Result>,
): Promise<Result | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return undefined
  if (!found.isFile())
    return refuseLog(`"${path}" is no file`, 'a file of events', 'move away what lies there')
  const file = await open(path)
  try {
    return await read(file, (await file.stat()).size)
  } finally {
    await file.close()
  }
}

/** A stretch of a log, in bytes; `inLine` where it may begin in the middle of a line, which is left out then. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly inLine?: boolean
}

interface Lines {
  readonly events: readonly LoggedEvent[]
  /** Up to the end of the last whole line. */
  readonly bytes: number
  /** What stands after it: a line that is being written, or that was torn. */
  readonly rest: string
}

async function linesAt(file: FileHandle, { from, to, inLine = false }: Stretch): Promise<Lines> {
  const bytes = await bytesAt(file, from, Math.max(0, to - from))
  const end = bytes.lastIndexOf(LINE_END) + 1
  const lines = bytes.subarray(inLine ? bytes.indexOf(LINE_END) + 1 : 0, end)
  const events = lines
    .toString()
    .split('\n')
    .flatMap((line, i) => (line === '' ? [] : [eventIn(line, from === 0 ? `line ${i + 1}` : 'a line')]))
  return { events, bytes: end, rest: bytes.subarray(end).toString() }
}

/** All that is there of so many bytes: one read may give fewer. */
async function bytesAt(file: FileHandle, from: number, count: number): Promise<Buffer> {
  const room = Buffer.alloc(count)
  let filled = 0
  while (filled < count) {
    const { bytesRead } = await file.read(room, filled, count - filled, from + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return room.subarray(0, filled)
}

const LINE_END = '\n'.charCodeAt(0)

/** The last event of a log whose last line has no end: none where that line was torn. */
function lastOf(rest: string): LoggedEvent[] {
  try {
    const read = readEvent(JSON.parse(rest))
    return 'event' in read ? [read.event] : []
  } catch {
    return []
  }
}

function eventIn(line: string, place: string): LoggedEvent {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    return refuseLog(
      `${place} of the event log is not JSON`,
      'one JSON object a line',
      'remove or restore that line of events.jsonl',
      cause,
    )
  }
  const read = readEvent(value)
  if ('event' in read) return read.event
  return refuseLog(
    `${place} of the event log is no event of a training`,
    read.wanted,
    'remove or restore that line of events.jsonl',
  )
}

const refuseLog = (seen: string, wanted: string, fix: string, cause?: unknown): never =>
  fail({ code: 'runs/log', seen, wanted, fix, ...(cause === undefined ? {} : { cause }) })
