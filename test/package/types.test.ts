/** What an editor and a compiler make of the package: its resolution, its declarations, our examples and our docs. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { examplesIn } from '../site/shown.ts'
import { execute, nodes, pack, temporary, unpack } from './user.ts'

vi.setConfig({ testTimeout: 180_000 })

const root = join(import.meta.dirname, '..', '..')
const modules = join(root, 'node_modules')
const folder = await temporary()
afterAll(folder.remove)
const { tarball } = await pack(folder.path)
const user = join(folder.path, 'user')
// What examples of servers and of a bundle import besides.
await unpack(user, tarball, ['express', '@types/express', 'fastify', 'esbuild'])

/** Every program that we show: examples, also those of doc comments, and blocks of `ts` in README, docs and guides. */
async function shown(): Promise<Record<string, string>> {
  const found = await readdir(join(root, 'examples'), { recursive: true })
  const examples = found.filter((name) => /^[\w/\\-]+\.ts$/.test(name))
  const docs = (
    await Promise.all(
      ['docs', join('docs', 'site')].map(async (of) =>
        (await readdir(join(root, of))).map((name) => join(of, name)),
      ),
    )
  )
    .flat()
    .filter((name) => name.endsWith('.md') && name !== join('docs', 'api.md'))
  const programs = await Promise.all(
    examples.map(async (name) => [name, await readFile(join(root, 'examples', name), 'utf8')]),
  )
  const blocks = await Promise.all(
    ['README.md', ...docs].map(async (path) =>
      Array.from(
        (await readFile(join(root, path), 'utf8')).matchAll(/```ts\n([\s\S]*?)```/g),
        ([, code], at) => [`${path.replace(/\W/g, '-')}-${at}.ts`, `${code}\nexport {}\n`],
      ),
    ),
  )
  const ofComments = examplesIn(root).map(([name, text]) => [`example-${name}.ts`, `${text}\nexport {}\n`])
  return Object.fromEntries([...programs, ...blocks.flat(), ...ofComments])
}

const programs = await shown()
for (const [name, text] of Object.entries(programs)) {
  await mkdir(dirname(join(user, name)), { recursive: true })
  await writeFile(join(user, name), text)
}
const every = ['', '/browser', '/tables', '/metrics', '/pictures', '/runs', '/graph', '/testing']
await writeFile(
  join(user, 'everything.ts'),
  every.map((ring, at) => `export * as ring${at} from 'betavae${ring}'\n`).join(''),
)

// Not among our own packages: two compilers would quarrel over the name tsc.
const older = join(folder.path, 'older')
await mkdir(older)
const fetched = await execute(older, 'npm', ['install', 'typescript@5.8', '--prefer-offline', '--no-audit'])
if (fetched.code !== 0) throw new Error(fetched.err)
const compilers = { 'TypeScript 5.8': join(older, 'node_modules'), 'TypeScript 6': modules }
const examples = ['everything.ts', ...Object.keys(programs)]
/**
 * Examples use Node.js; the declarations themselves stand alone. Which files a compiler finds depends on the setting and
 * what it makes of them on the compiler, so that the older one reads all examples once.
 */
const settings = {
  nodenext: { module: 'nodenext', types: ['node'], files: examples },
  bundler: {
    module: 'esnext',
    moduleResolution: 'bundler',
    customConditions: ['node'],
    types: ['node'],
    files: examples,
  },
  'bundler for a page': {
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
    files: ['everything.ts', 'README-md-0.ts'],
  },
}

describe.each(Object.entries(compilers))('%s', (_, compiler) => {
  const isOlder = compiler !== modules
  test.each(Object.entries(settings))('%s', async (setting, { files: all, ...own }) => {
    const files = isOlder && setting === 'bundler' ? settings['bundler for a page'].files : all
    const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false }
    const run = { noEmit: true, allowImportingTsExtensions: true }
    await writeFile(
      join(user, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { target: 'es2023', ...run, ...strict, ...own }, files }),
    )
    const { out } = await execute(
      user,
      'node',
      [join(compiler, 'typescript', 'bin', 'tsc'), '-p', '.'],
      nodes.ours,
    )
    expect(out).toBe('')
  })
})

test('what we show needs no cast and no any', () => {
  const words = /\/\*[\s\S]*?\*\/|(?<!:)\/\/(?! *@ts-).*|'[^'\n]*'/g
  const cast = /\bas (?!const\b)[\w{([]|\bany\b|@ts-/
  const imports = /^import [\s\S]*? from .*$/gm
  const code = (text: string) => text.replace(words, '').replace(imports, '')
  expect(Object.entries(programs).flatMap(([name, text]) => (cast.test(code(text)) ? [name] : []))).toEqual(
    [],
  )
})

test('every way to resolve the package finds code and types that agree', async () => {
  const attw = join(modules, '@arethetypeswrong', 'cli', 'dist', 'index.js')
  const { code, out } = await execute(root, 'node', [attw, tarball, '--profile', 'esm-only'], nodes.ours)
  expect(code, out).toBe(0)
})
