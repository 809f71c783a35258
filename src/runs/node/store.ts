import { existsSync } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../../base/errors.ts'
import type { Part } from '../../base/parts.ts'
import { commandLine } from '../../base/shell-word.ts'
import { dataNameOf } from '../../data/file-name.ts'
import { inFile } from '../../data/in-file.ts'
import type { Layout } from '../../optimizers/layout.ts'
import { bringing } from '../../recipe/bringing.ts'
import { loadRecipe } from '../../recipe/load.ts'
import { checkRecipe, type Recipe } from '../../recipe/recipe.ts'
import type { TrainState } from '../../train/state.ts'
import { readCheckpoint, writeCheckpoint } from '../checkpoint.ts'
import { DIGESTS } from '../data-digests.ts'
import { type LoggedEvent, upTo } from '../journal.ts'
import { makeFolder, removePartial, writeError, writeWhole } from './files.ts'
import { LOCK } from './lock.ts'
import { readEnd, readLog } from './log.ts'
import { isPartial } from './partial.ts'

/** Whose being there makes a folder a run. */
export const RECIPE = 'recipe.json'
/** The log of a run. */
export const EVENTS = 'events.jsonl'
const CHECKPOINT = join('checkpoints', 'last.safetensors')

/** A run on disk: its recipe, what happened, where it stands, and what came of it. */
export interface RunDirectory {
  readonly path: string
  readonly recipe: Recipe
  /** @internal */
  append(event: LoggedEvent): Promise<void>
  /** What its log holds, in order. */
  events(): Promise<LoggedEvent[]>
  /**
   * What its last so many bytes hold.
   *
   * @internal
   */
  lastEvents(bytes: number): Promise<LoggedEvent[]>
  /**
   * Drops what the log says of steps after `step`, which will happen again, and files that were never finished.
   *
   * @internal
   */
  rewind(step: number): Promise<void>
  /** @internal */
  saveCheckpoint(state: TrainState, layouts: readonly Layout[]): Promise<void>
  /**
   * The last checkpoint; undefined where there is none yet. Errors: `safetensors/…`, `checkpoint/…`.
   *
   * @internal
   */
  checkpoint(layouts: readonly Layout[]): Promise<TrainState | undefined>
  /**
   * Writes a file of the run, such as `model/card.json`.
   *
   * @internal
   */
  write(name: string, content: Uint8Array | string): Promise<void>
  /** Bytes of a file of the run; undefined where it does not exist. */
  read(name: string): Promise<Uint8Array | undefined>
}

function runDirectory(path: string, recipe: Recipe): RunDirectory {
  const write: RunDirectory['write'] = (name, content) => writeWhole(join(path, name), content)
  const read: RunDirectory['read'] = async (name) =>
    existsSync(join(path, name)) ? readFile(join(path, name)) : undefined
  const events: RunDirectory['events'] = () => readLog(join(path, EVENTS))
  return {
    path,
    recipe,
    write,
    read,
    events,
    lastEvents: (bytes) => readEnd(join(path, EVENTS), bytes),
    append: (event) =>
      appendFile(join(path, EVENTS), `${JSON.stringify(event)}\n`).catch((error: unknown) => {
        throw writeError(join(path, EVENTS), error)
      }),
    async rewind(step) {
      await removePartial(path)
      await write(EVENTS, lines(upTo(await events(), step)))
    },
    saveCheckpoint: (state, layouts) => write(CHECKPOINT, writeCheckpoint(state, layouts)),
    async checkpoint(layouts) {
      const bytes = await read(CHECKPOINT)
      return bytes && inFile(join(path, CHECKPOINT), () => readCheckpoint(bytes, layouts))
    },
  }
}

const lines = (events: readonly LoggedEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('')

/** Makes a new run, with the digests of its data. Error `runs/exists` where the place is taken. */
export async function createRun(path: string, recipe: Recipe, digests: string): Promise<RunDirectory> {
  await refuseTaken(path)
  const run = runDirectory(path, recipe)
  await run.write(DIGESTS, digests)
  // Last, because its being there makes the folder a run.
  await run.write(RECIPE, `${JSON.stringify(recipe, null, 2)}\n`)
  return run
}

/** Refuses a place that holds anything but what a killed process has left, before any work is done. */
export async function refuseTaken(path: string): Promise<void> {
  const names: string[] = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw writeError(path, error)
  })
  // A process that was killed before its run began has left its lock, and no more than this beside it.
  const left = names.includes(LOCK) ? [LOCK, DIGESTS] : []
  const found = names.filter((name) => !left.includes(name) && !isPartial(name))
  if (found.length > 0)
    fail({
      code: 'runs/exists',
      seen: `"${path}" holds ${found.includes(RECIPE) ? 'a run' : 'files'} already`,
      wanted: 'a new or empty folder',
      fix: `choose another --out${found.includes(RECIPE) ? `, or go on with: ${commandLine('resume', path)}` : ''}`,
      usage: true,
    })
}

/** Makes the next free folder `runs/<data>-<n>`, or `runs/<data>-<kind>-<n>`. */
export async function nextFree({ data: { source } }: Recipe, kind?: string): Promise<string> {
  const parent = 'runs'
  const name = kind === undefined ? dataNameOf(source) : `${dataNameOf(source)}-${kind}`
  for (let n = 1; ; n++) {
    const path = join(parent, `${name}-${n}`)
    try {
      await makeFolder(parent)
      await mkdir(path)
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(path, error)
    }
  }
}

/** Opens a run. Names in its recipe may also be those of `parts`. Error `runs/not-a-run` where there is none. */
export async function openRun(path: string, parts: readonly Part[] = []): Promise<RunDirectory> {
  const text = await readFile(join(path, RECIPE), 'utf8').catch(() => undefined)
  if (text === undefined)
    return fail({
      code: 'runs/not-a-run',
      seen: `no ${RECIPE} in "${path}"`,
      wanted: 'the folder of a run',
      fix: 'list the runs there are with: betavae runs',
      usage: true,
    })
  const recipe = bringing(checkRecipe(parseJson(join(path, RECIPE), text)), parts)
  await loadRecipe(recipe)
  return runDirectory(path, recipe)
}

/** JSON from a file, or an error that names it. */
export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return fail({
      code: 'files/json',
      seen: `"${path}" is not JSON (${(error as Error).message})`,
      wanted: 'a JSON document',
      fix: 'restore the file or correct the place that is named',
      cause: error,
    })
  }
}

/** Paths of the runs in a folder, by name. */
export async function listRuns(parent = 'runs'): Promise<string[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isDirectory() && existsSync(join(parent, entry.name, RECIPE)))
  return names
    .map(({ name }) => join(parent, name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

/** The run at a place, where it has begun; what a process that was killed before that has left is removed. */
export async function standingRun(path: string): Promise<RunDirectory | undefined> {
  const directory = await openRun(path).catch((error: { code?: string }) => {
    if (error.code === 'runs/not-a-run') return undefined
    throw error
  })
  if (!directory && existsSync(path)) await rm(path, { recursive: true })
  return directory
}
