import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { commandLine, diagnose, listRuns, openRunWith, readOpening, tableFiles } from '../../inside.node.ts'
import { type Example, exampleLines } from './examples.ts'
import type { Style } from './terminal/terminal.ts'

/** Tables and folders of images that are named at most. */
const NAMED = 2
/** Images that make a folder worth naming. */
const LEAST_IMAGES = 8
const IMAGE = /\.(png|jpe?g|webp|avif|tiff?)$/i
const OPENING = 64
const RUNS = 'runs'

/** What `betavae` alone says on a terminal: where to begin, with what lies in this folder. */
export async function welcome({ bold, dim, ...style }: Style, width: number): Promise<string> {
  const [tables, folders, runs] = await Promise.all([tablesHere(), imageFolders(), runsHere()])
  const here: Example[] = [
    ...tables.flatMap((table): Example[] => [
      [commandLine('inspect', table), 'what its columns are'],
      [commandLine('train', table), 'a model: odd rows, gaps, new rows'],
    ]),
    ...folders.map(
      (folder): Example => [commandLine('train', folder, '--size', '64'), 'a model of the images in it'],
    ),
    ...runs,
  ]
  const anywhere: Example[] = [
    ['betavae train digits', 'a VAE on 1,797 digits that come with it, with a report'],
    ['betavae studio', 'train, watch and explore in a page'],
  ]
  const shown = (examples: readonly Example[]) => exampleLines(examples, width, { bold, dim, ...style })
  const parts = [
    [`${bold('betavae')}: train, understand and ship variational autoencoders`],
    ...(here.length > 0 ? [[bold('With what lies here'), ...shown(here)]] : []),
    [bold(here.length > 0 ? 'Without data of your own' : 'Begin'), ...shown(anywhere)],
    ['betavae --help lists everything'],
  ]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

async function tablesHere(): Promise<readonly string[]> {
  const files = (await tableFiles('.')).filter((file) => !/\.txt(\.gz)?$/i.test(file))
  const named: string[] = []
  for (const file of files) if (named.length < NAMED && (await isTable(file))) named.push(file)
  return named
}

/** A `.json` is a table where it holds a list, not where it is somebody's settings. */
async function isTable(file: string): Promise<boolean> {
  if (!file.toLowerCase().endsWith('.json')) return true
  return new TextDecoder()
    .decode(await readOpening(file, OPENING))
    .trimStart()
    .startsWith('[')
}

/** Folders of images, or this one where images lie in it. */
async function imageFolders(): Promise<readonly string[]> {
  const entries = await readdir('.', { withFileTypes: true })
  if (entries.filter((entry) => entry.isFile() && IMAGE.test(entry.name)).length >= LEAST_IMAGES) return ['.']
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !/^[._]|^node_modules$|^runs$/.test(entry.name),
  )
  const named: string[] = []
  for (const { name } of folders)
    if (named.length < NAMED && (await imagesIn(name)) >= LEAST_IMAGES) named.push(name)
  return named
}

/** Images in a folder or in the folders in it, which then are classes. */
async function imagesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const own = entries.filter(({ name }) => IMAGE.test(name)).length
  if (own > 0) return own
  const inner = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .slice(0, LEAST_IMAGES)
      .map(({ name }) => readdir(join(folder, name)).catch(() => [])),
  )
  return inner.flat().filter((name) => IMAGE.test(name)).length
}

/** Whether a run's log says nothing worse than a note; of one that cannot be read nothing is said. */
const isWell = (run: string): Promise<boolean> =>
  openRunWith(run, {})
    .then(async ({ recipe, events }) => diagnose({ recipe, events: await events() }).healthy)
    .catch(() => true)

async function runsHere(): Promise<Example[]> {
  const runs = await listRuns(RUNS).catch(() => [])
  if (runs.length === 0) return []
  const dated = await Promise.all(
    runs.map(async (run) => ({ run, changed: (await stat(run).catch(() => undefined))?.mtimeMs ?? 0 })),
  )
  const newest = dated.reduce((a, b) => (b.changed > a.changed ? b : a))
  return [
    ['betavae runs', runs.length === 1 ? 'the run there is' : `the ${runs.length} runs there are`],
    (await isWell(newest.run))
      ? [commandLine('explain', newest.run), 'what the newest one minimizes, and what it came to']
      : [commandLine('doctor', newest.run), 'what ails the newest one, and what mends it'],
  ]
}
