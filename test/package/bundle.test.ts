/** What a page has to load: this package as a bundler leaves it, ONNX Runtime's own files apart. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** Kilobytes that a page loads at once, gzipped; what it imports when it is asked for is apart. */
async function weigh(contents: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('../../src/rings/', import.meta.url)) },
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

test('a page that trains weighs at most 110 kB', async () => {
  expect(await weigh("export { train } from './index.ts'")).toBeLessThanOrEqual(110)
})

test('a page that opens a model weighs at most 40 kB', async () => {
  expect(await weigh("export { open } from './index.ts'")).toBeLessThanOrEqual(40)
})

test('a page that trains, explains, opens and exports weighs at most 120 kB', async () => {
  const page = "export { datasetOf, exportOnnx, open, openEngine, presets, preview, train } from './index.ts'"
  const kilobytes = await weigh(page)
  expect(kilobytes).toBeGreaterThan(20)
  expect(kilobytes).toBeLessThanOrEqual(120)
})

test('all of betavae/browser weighs at most 160 kB', async () => {
  expect(await weigh("export * from './index.ts'")).toBeLessThanOrEqual(160)
})
