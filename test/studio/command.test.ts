import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { inProcess, leaveFor, listing, refusals, start } from '../../src/apps/cli/running.testing.ts'
import { runsFolder, trainSmall } from './runs.ts'
import { tokenIn, withToken } from './with-token.ts'

const folder = await runsFolder()
const home = process.cwd()
process.chdir(folder.path)
afterAll(async () => {
  await leaveFor(home)
  await folder[Symbol.asyncDispose]()
})
await trainSmall(folder, join('runs', 'digits-1'))

/** Starts the command; gives it once it serves, with its address. */
async function serving(...words: string[]) {
  const started = start(folder.path, ['studio', '--no-open', ...words])
  const url = new Promise<string>((said) => {
    started.process.stdout?.once('data', (text: string) => said(text.trim()))
  })
  await started.seen('Ctrl-C ends it')
  return { ...started, url: await url }
}

const runsAt = async (url: string): Promise<string[]> => {
  const { runs } = (await (await fetch(new URL('api/runs', url), withToken(url))).json()) as {
    runs: { id: string }[]
  }
  return runs.map(({ id }) => id)
}

test('serves the runs of ./runs until it is interrupted, and says in words that its port is in use', async () => {
  const { url, process: child, ended } = await serving('--port', '0')
  expect(await runsAt(url)).toEqual(['digits-1'])
  expect(await (await fetch(new URL('.', url), withToken(url))).text()).toContain(
    '<meta name="betavae-server"',
  )
  const { port } = new URL(url)
  expect((await refusals(`studio --no-open --port ${port}`)).replaceAll(port, '#')).toMatchInlineSnapshot(`
    "
    studio --no-open --port #
      2: port # in use; wanted a free port. Fix: choose another --port, or leave it out. [studio/port]
    "
  `)
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: 0, out: `${url}\n` })
})

test('a token of your own comes from the environment, and is not told where it will not do', async () => {
  vi.stubEnv('BETAVAE_STUDIO_TOKEN', 'my own token')
  expect(await refusals('studio --no-open')).toMatchInlineSnapshot(`
    "
    studio --no-open
      2: BETAVAE_STUDIO_TOKEN of 12 characters; wanted 16 to 200 letters, digits, - or _. Fix: choose a longer BETAVAE_STUDIO_TOKEN of those, or unset it for one that is new each time. [studio/own-token]
    "
  `)
  vi.stubEnv('BETAVAE_STUDIO_TOKEN', 'my-own-token-of-2026')
  const { url, process: child, ended } = await serving('--port', '0')
  vi.unstubAllEnvs()
  expect(tokenIn(url)).toBe('my-own-token-of-2026')
  expect(await runsAt(url)).toEqual(['digits-1'])
  child.kill('SIGINT')
  expect((await ended).code).toBe(0)
})

test('the folder of runs may be one run', async () => {
  const { url, process: child, ended } = await serving('--port', '0', '--runs', join('runs', 'digits-1'))
  expect(await runsAt(url)).toEqual(['digits-1'])
  child.kill('SIGINT')
  expect((await ended).code).toBe(0)
})

test('what it cannot do changes nothing', async () => {
  await mkdir('taken')
  await writeFile(join('taken', 'mine.txt'), 'mine')
  expect(
    await refusals(
      'studio --runs missing',
      'studio --runs taken/mine.txt',
      'studio --port 70000',
      'studio --static taken',
      'studio --static taken/mine.txt',
      'studio more',
    ),
  ).toMatchInlineSnapshot(`
    "
    studio --runs missing
      2: --runs missing, which is not there; wanted a folder of runs, or of one run. Fix: name the folder that betavae train writes into, such as --runs runs. [studio/no-runs]
    studio --runs taken/mine.txt
      2: --runs taken/mine.txt, which is a file; wanted a folder of runs, or of one run. Fix: name the folder that betavae train writes into, such as --runs runs. [studio/no-runs]
    studio --port 70000
      2: --port 70000; wanted a whole number of at least 0 and at most 65535. Fix: write for example --port 8080. [cli/option-value]
    studio --static taken
      2: "taken" holds files that are not of an earlier betavae studio --static; wanted a new or empty folder, or one that was written so before. Fix: choose another --static. [studio/static-taken]
    studio --static taken/mine.txt
      2: "taken/mine.txt" is a file; wanted a new or empty folder, or one that was written so before. Fix: choose another --static. [studio/static-taken]
    studio more
      2: one word too many, "more"; wanted betavae studio. Fix: see betavae studio --help. [cli/excess-arguments]
    "
  `)
})

test('--static writes a page that needs nothing of us, and writes it again over itself alone', async () => {
  expect(await inProcess('studio', '--static', 'site/page')).toMatchObject({ code: 0, out: 'site/page\n' })
  const first = await listing('site/page')
  expect(Object.keys(first)).toEqual(
    expect.arrayContaining([
      '.betavae-studio.json',
      'HOSTING.txt',
      '_headers',
      'assets',
      'index.html',
      join('ort', 'ort-wasm-simd-threaded.asyncify.wasm'),
      join('ort', 'ort-wasm-simd-threaded.wasm'),
    ]),
  )
  expect(await readFile(join('site', 'page', 'index.html'), 'utf8')).not.toContain('betavae-server')

  // A file of an earlier version goes, a person's own stays.
  const mark = join('site', 'page', '.betavae-studio.json')
  const { files, ...about } = JSON.parse(await readFile(mark, 'utf8'))
  await writeFile(
    mark,
    JSON.stringify({ ...about, files: [...files, 'assets/old.js', '../../taken/mine.txt'] }),
  )
  await writeFile(join('site', 'page', 'assets', 'old.js'), '')
  await writeFile(join('site', 'page', 'own.txt'), 'own')
  expect((await inProcess('studio', '--static', 'site/page')).code).toBe(0)
  const { 'own.txt': own, ...rest } = await listing('site/page')
  expect(own).toBeDefined()
  expect(rest).toEqual(first)
  expect(await readdir('taken')).toEqual(['mine.txt'])
  await rm('site', { recursive: true })
})
