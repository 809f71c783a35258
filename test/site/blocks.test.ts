/** Every program and every command line of the guides runs as it stands there, each page in a folder of its own. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { encode } from 'fast-png'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { pumps } from '../../examples/series/pumps.ts'
import { verbs } from '../../src/apps/cli/commands/index.ts'
import { parse } from '../../src/apps/cli/parse.ts'
import { inProcess, memoryTerminal, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { type Block, blocksOf, examplesIn } from './shown.ts'
import { splitWords } from './words.ts'

vi.setConfig({ testTimeout: 240_000 })

const root = join(import.meta.dirname, '..', '..')
const guides = join(root, 'docs', 'site')
const home = process.cwd()
const folder = await temporaryFolder()
afterAll(folder.remove)
afterEach(() => void vi.unstubAllEnvs())

/** What guides ask for and the package does not bring. */
async function furnish(): Promise<void> {
  const row = (i: number) => {
    const heat = 20 + 5 * Math.sin(i / 9)
    return [
      i,
      heat.toFixed(2),
      i % 17 === 3 ? '' : (2 * heat + Math.cos(3 * i)).toFixed(2),
      heat > 20 ? 'open' : 'shut',
    ]
  }
  const table = (from: number, to: number) =>
    `${['id,temperature,pressure,valve', ...Array.from({ length: to - from }, (_, i) => row(from + i).join())].join('\n')}\n`
  await writeFile('readings.csv', table(0, 220))
  await writeFile('new.csv', table(220, 240))
  await writeFile('pumps.csv', pumps('usual'))
  await writeFile('today.csv', pumps('new'))
  for (const [at, kind] of ['bright', 'dark'].entries()) {
    await mkdir(join('photos', kind), { recursive: true })
    for (let i = 0; i < 12; i++) {
      const data = Uint8Array.from({ length: 20 * 16 }, (_, pixel) => (at * 120 + i * 7 + pixel) % 256)
      await writeFile(join('photos', kind, `${i}.png`), encode({ width: 20, height: 16, data, channels: 1 }))
    }
  }
}

/** Command lines of a block; whatever else stands there is for people to read. */
const linesOf = ({ text }: Block): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/(^|\s+)#.*$/, '').trim())
    .filter((line) => line.startsWith('npx betavae '))
    .map((line) => line.replace(/ [|>&].*$/, ''))

/** What trains for long is told to be short; all else is as it stands. */
const short = (words: readonly string[]): string[] => {
  if (words[0] === 'train')
    return [
      ...words.filter((one, i) => one !== '--epochs' && words[i - 1] !== '--epochs'),
      '--steps',
      '12',
      '--threads',
      '1',
    ]
  return words[0] === 'sweep'
    ? [...words, '--threads', '1'].map((one, i) => (words[i - 1] === '--epochs' ? '1' : one))
    : [...words]
}

/** Where a program finds the sources under the package's name. */
const RINGS: Readonly<Record<string, string>> = { '': 'node', '/browser': 'index', '/tables': 'tables.node' }
const ofSources = (text: string): string =>
  text.replace(/from 'betavae((?:\/\w+)?)'/g, (_, ring: string) => {
    const file = join(root, 'src', 'rings', `${RINGS[ring] ?? ring.slice(1)}.ts`)
    return `from ${JSON.stringify(pathToFileURL(file).href)}`
  })

const pages = (await readdir(guides)).filter((name) => name.endsWith('.md'))

/** Runs a program where the process stands; what it shows holds numbers. */
async function runs(name: string, text: string): Promise<void> {
  const said: unknown[] = []
  vi.spyOn(console, 'log').mockImplementation((...words) => void said.push(...words))
  const own = join(root, '.cache', 'site-blocks')
  await mkdir(own, { recursive: true })
  const path = join(own, `${name}.ts`)
  await writeFile(path, `${ofSources(text)}\nexport {}\n`)
  try {
    await import(/* @vite-ignore */ pathToFileURL(path).href)
  } finally {
    await rm(path)
    vi.restoreAllMocks()
  }
  expect(said.filter((one) => one === undefined || Number.isNaN(one))).toEqual([])
}

describe.each(pages)('%s', async (name) => {
  const blocks = blocksOf(await readFile(join(guides, name), 'utf8'))
  beforeEach(async () => {
    const own = join(folder.path, name)
    await mkdir(own, { recursive: true })
    process.chdir(own)
  })
  afterEach(() => process.chdir(home))

  const lines = blocks.filter(({ language }) => language === 'sh').flatMap(linesOf)
  test.runIf(lines.length > 0)('its command lines', async () => {
    await furnish()
    for (const line of lines) {
      // The page as files is what `npm run build` makes; test/studio/static.test.ts has it without.
      if (line.includes(' studio --static') && !existsSync(join(root, 'dist', 'studio'))) continue
      const { code, err } = await inProcess(...short(splitWords(line).slice(2)))
      expect({ line, code, err: code === 0 ? '' : err }).toEqual({ line, code: 0, err: '' })
    }
  })

  const programs = blocks.filter(({ language }) => language === 'ts')
  test.each(programs.map(({ text }, at) => [at + 1, text] as const))('its program %i', async (at, text) => {
    await runs(`${name.replace('.md', '')}-${at}`, text)
  })
})

describe('examples of doc comments', async () => {
  const own = join(folder.path, 'examples')
  await mkdir(own, { recursive: true })
  beforeEach(() => process.chdir(own))
  afterEach(() => process.chdir(home))
  beforeAll(async () => {
    process.chdir(own)
    await furnish()
  })
  test.each(examplesIn(root))('%s', (name, text) => runs(`example-${name}`, text))
})

/** Command lines of all other pages and of all examples that commands give; their data are not here, their words must be right. */
const docs = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md') && name !== 'api.md')
const written = await Promise.all(
  ['README.md', ...docs.map((name) => join('docs', name))].map(async (path) =>
    blocksOf(await readFile(join(root, path), 'utf8'))
      .filter(({ language }) => language === 'sh')
      .flatMap(linesOf)
      .map((line) => [path, splitWords(line).slice(2)] as const),
  ),
)
/** `--shard slurm` and its like read what the scheduler has told the task. */
const TASK = {
  SLURM_ARRAY_TASK_ID: '1',
  SLURM_ARRAY_TASK_MIN: '1',
  SLURM_ARRAY_TASK_COUNT: '4',
  JOB_COMPLETION_INDEX: '0',
  JOB_COMPLETIONS: '4',
  AWS_BATCH_JOB_ARRAY_INDEX: '0',
  AWS_BATCH_JOB_ARRAY_SIZE: '4',
}
const examples = await Promise.all(
  verbs.map(async ({ name, load }) =>
    (await load()).command.examples.map(
      ([line]) => [`${name} --help`, [name, ...splitWords(line.replace(/ ?[|>&] .*$/, ''))]] as const,
    ),
  ),
)

test.each(
  [...written.flat(), ...examples.flat()].map(([where, words]) => [where, words.join(' '), words] as const),
)('%s: betavae %s', async (_, __, [name, ...words]) => {
  const verb = verbs.find((one) => one.name === name)
  expect(verb, name).toBeDefined()
  if (!verb || words.includes('--help') || words.includes('--with')) return
  const { command } = await verb.load()
  const options = { ...command.optionsOf?.([]), ...command.options }
  for (const [variable, value] of Object.entries(TASK)) vi.stubEnv(variable, value)
  expect(parse(verb, { ...command, options }, words, memoryTerminal().terminal)).toBeDefined()
})
