/** What a page has to load: the package, as it is published, as a bundler leaves it, ONNX Runtime's own files apart. */
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, expect, test } from 'vitest'
import { pack, temporary, unpack } from './user.ts'

const folder = await temporary()
afterAll(folder.remove)
const user = join(folder.path, 'user')
await unpack(user, (await pack(folder.path)).tarball)

/** Kilobytes that a page loads at once, gzipped; what it imports when it is asked for is apart. */
async function weigh(contents: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: user },
    bundle: true,
    minify: true,
    format: 'esm',
    // With this a Node built-in anywhere within reach fails the build.
    platform: 'browser',
    splitting: true,
    outdir: 'page',
    write: false,
    metafile: true,
    external: ['onnxruntime-web', 'onnxruntime-web/*', 'onnxruntime-common'],
  })
  const loaded = new Set<string>()
  const load = (path: string): void => {
    if (loaded.has(path)) return
    loaded.add(path)
    for (const { path: next, kind, external } of metafile.outputs[path].imports)
      if (kind === 'import-statement' && !external) load(next)
  }
  load('page/stdin.js')
  const code = outputFiles.filter(({ path }) => [...loaded].some((own) => path.endsWith(own)))
  return code.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0) / 1000
}

test('a page that trains weighs at most 112 kB', async () => {
  expect(await weigh("export { train } from 'betavae/browser'")).toBeLessThanOrEqual(112)
})

test('a page that opens a model weighs at most 45 kB', async () => {
  expect(await weigh("export { open } from 'betavae/browser'")).toBeLessThanOrEqual(45)
})

test('a page that trains, explains, opens and exports weighs at most 119 kB', async () => {
  const page =
    "export { datasetOf, exportOnnx, open, openEngine, presets, preview, train } from 'betavae/browser'"
  const kilobytes = await weigh(page)
  expect(kilobytes).toBeGreaterThan(20)
  expect(kilobytes).toBeLessThanOrEqual(119)
})

test('all of betavae/browser weighs at most 170 kB', async () => {
  expect(await weigh("export * from 'betavae/browser'")).toBeLessThanOrEqual(170)
})
