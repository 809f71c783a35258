import { stat } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import {
  BetavaeError,
  concludeFolder,
  type DigestedPart,
  type FolderJob,
  type FolderPart,
  fileDigest,
  folderParts,
  format,
  isTablePattern,
  keepModel,
  openQueue,
  type Part,
  partKind,
  partsOnQueue,
  type Shard,
  standingPart,
  workedHere,
} from '../../../inside.node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { queueOption } from '../queue/option.ts'
import { askedOf, refuseBoth } from '../shards/option.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { partCommands } from './commands.ts'
import { makePart, makePartHere } from './make.ts'

/** What a command takes besides, to make a folder of tables of another. */
export const partOptions = {
  queue: {
    ...queueOption,
    description:
      'of a folder, with a folder as --out: put its tables into a queue for betavae worker; a folder works here',
  },
}

interface FolderValues {
  readonly out?: string | undefined
  readonly queue?: string | undefined
}

/** Whether every table of a folder is to become one of another. Error, usage: `cli/queue-parts`. */
export async function isFolderOut(source: string, { out, queue }: FolderValues): Promise<boolean> {
  const isFolder = async (path: string) =>
    (await stat(path).catch(() => undefined))?.isDirectory() ?? /[\\/]$/.test(path)
  const isOut = out !== undefined && (extname(out) === '' || (await isFolder(out)))
  if (isOut && (isTablePattern(source) || (await isFolder(source)))) return true
  if (queue === undefined) return false
  throw new BetavaeError({
    code: 'cli/queue-parts',
    seen: '--queue without a folder of tables and a folder for what becomes of them',
    wanted: 'parts that workers can take',
    fix: 'name a folder of tables, and another as --out: --out scores/',
    usage: true,
  })
}

interface FolderCall {
  readonly source: string
  readonly values: FolderValues & { readonly into?: string | undefined; readonly shard?: Shard | undefined }
  readonly parts: readonly Part[]
  readonly terminal: Terminal
  readonly signal: AbortSignal
  /** Options that are about all rows together. */
  readonly beside?: Readonly<Record<string, unknown>>
}

/** Options whose answer is about all rows have none where each table is one of its own. */
function refuseOfWhole(options: Readonly<Record<string, unknown>>): void {
  const [flag] = Object.entries(options).find(([, value]) => value !== undefined && value !== false) ?? []
  if (flag === undefined) return
  throw new BetavaeError({
    code: 'cli/folder-beside',
    seen: `--${flag} beside a folder as --out`,
    wanted: 'options that are about each table by itself',
    fix: `drop --${flag}, or name a file: --out out.csv`,
    usage: true,
  })
}

/** Makes every table of a folder into one of another; what is there already stays. */
export async function makeFolderOf(command: string, path: string, call: FolderCall): Promise<ExitCode> {
  const { source, values, parts: brought, terminal, signal, beside = {} } = call
  const { out = '', queue, into, shard } = values
  refuseOfWhole({ into, ...beside })
  if (queue !== undefined && shard !== undefined) refuseBoth()
  const run = resolve(path)
  const found = await folderParts(resolve(source), resolve(out))
  const options = askedOf(values as Readonly<Record<string, unknown>>)
  using worker = await partCommands[command](run, options, brought)
  const job: FolderJob = { command, options, model: worker.model }
  try {
    const { parts, missing } = await missingOf(found, job, call)
    const told = teller(missing.length, terminal)
    if (queue === undefined)
      for (const part of missing) {
        await makePart(worker, part, job, { terminal, signal })
        told(basename(part.source))
      }
    else await onQueue(queue, { run, job, missing }, told, call)
    if (shard === undefined && !signal.aborted) await conclude(parts, job, call)
  } catch (error) {
    if (!signal.aborted) throw error
  }
  if (signal.aborted) terminal.say('stopped; go on with the same command')
  return signal.aborted ? exitCodes.interrupted : exitCodes.done
}

/** Parts with the digests of their sources, and those that are to be made here. */
async function missingOf(
  found: readonly FolderPart[],
  job: FolderJob,
  { values: { shard }, terminal, signal }: FolderCall,
): Promise<{ readonly parts: readonly DigestedPart[]; readonly missing: readonly DigestedPart[] }> {
  const parts: DigestedPart[] = []
  const missing: DigestedPart[] = []
  for (const [at, part] of found.entries()) {
    const own = { ...part, digest: await fileDigest(part.source, signal) }
    parts.push(own)
    const isOwn = shard === undefined || at % shard.of === shard.shard - 1
    if (isOwn && !(await standingPart(own, job, own.digest, signal))) missing.push(own)
  }
  if (missing.length < found.length && shard === undefined)
    terminal.say(`${format.counted(found.length - missing.length, 'part')} done already`)
  return { parts, missing }
}

async function conclude(
  parts: readonly DigestedPart[],
  job: FolderJob,
  { values: { out = '' }, terminal, signal }: FolderCall,
): Promise<void> {
  const total = await concludeFolder(resolve(out), parts, job, signal)
  const counts = `${format.counted(total.rows, 'row')} of ${format.counted(total.parts, 'part')}`
  terminal.say(`${out}: ${counts}, ${total.manifest}`)
}

type Told = (name: string) => void

const teller = (count: number, { say, errStyle }: Terminal): Told => {
  let done = 0
  return (name) => say(`${errStyle.dim(`${++done}/${count}`)} ${name}`)
}

interface Queued {
  readonly run: string
  readonly job: FolderJob
  readonly missing: readonly DigestedPart[]
}

/** Has workers make the parts; a queue in a folder is worked off here. */
async function onQueue(
  place: string,
  { run, job, missing }: Queued,
  told: Told,
  { terminal, signal }: FolderCall,
): Promise<void> {
  if (missing.length === 0) return
  await using queue = await openQueue(place, { signal })
  if (!queue.isOwn) await keepModel(queue, run, job.model.sha256)
  const tasks = missing.map(({ source, out, digest }) => ({
    ...job,
    ...{ name: basename(source), run, source, out, digest },
  }))
  if (!queue.isOwn)
    terminal.say(`${format.counted(tasks.length, 'part')} for workers: betavae worker --queue …`)
  using make = makePartHere(terminal)
  await using kind = partKind(make)
  const kinds = { part: kind.perform }
  const follow = (stop: AbortSignal) => partsOnQueue(queue, tasks, { place, signal: stop })
  for await (const event of workedHere(queue, { kinds, signal }, follow))
    if (event.kind === 'part') told(event.name)
    else terminal.say(`${terminal.errStyle.warn('warning')} ${event.message} [${event.code}]`)
}
