import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RecipeDraft, trainRun } from '../../src/inside.node.ts'

/** A small model of the digits, trained in under a second. */
export const smallDraft: RecipeDraft = {
  data: { source: 'digits' },
  model: { latent: { size: 2 }, architecture: { name: 'mlp', hidden: [8] } },
  training: { steps: 30, seed: 1 },
}

export interface RunsFolder extends AsyncDisposable {
  readonly path: string
}

/** An empty folder for runs. */
export async function runsFolder(): Promise<RunsFolder> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-studio-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 10 }) }
}

/** Trains the small model into a folder of this name. */
export async function trainSmall({ path }: RunsFolder, name: string): Promise<void> {
  await trainRun(smallDraft, { out: join(path, name) })
}

/** Lines of a run's log, each with its line end. */
export const logLines = async (run: string): Promise<string[]> =>
  (await readFile(join(run, 'events.jsonl'), 'utf8')).split(/(?<=\n)/)

/** A run of which the log holds its first `count` lines yet; gives its path, its log's path and the lines to come. */
export async function startedCopy({ path }: RunsFolder, of: string, name: string, count: number) {
  const lines = await logLines(join(path, of))
  const run = join(path, name)
  const log = join(run, 'events.jsonl')
  await mkdir(run)
  await writeFile(log, lines.slice(0, count).join(''))
  await writeFile(join(run, 'recipe.json'), await readFile(join(path, of, 'recipe.json')))
  return { run, log, rest: lines.slice(count) }
}
