/**
 * Builds src/ into dist/: for Node.js a few files of code, so that starting reads a few; for pages every module by
 * itself, so that a bundler takes what is used and no more; declarations beside those; and the studio's page.
 */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { build, transformSync } from 'esbuild'
import { compile, declarationsOf, rings, root } from './declarations.mjs'
import { shortenMaps } from './line-maps.mjs'
import { builtPage } from './studio-page.mjs'

/** The rings that a page can import. */
const forPages = ['index', 'tables', 'metrics', 'pictures', 'graph', 'testing']
const shared = { absWorkingDir: root, bundle: true, format: 'esm', packages: 'external', logLevel: 'warning' }

/** What is packed as text is large, and the modules of pages have it already. */
const packedOnce = {
  name: 'packed-once',
  setup({ onResolve }) {
    onResolve({ filter: /\.packed\.ts$/ }, ({ path, resolveDir }) => ({
      path: `./modules/${relative(join(root, 'src'), join(resolveDir, path)).replaceAll(sep, '/').replace(/ts$/, 'js')}`,
      external: true,
    }))
  },
}

rmSync(join(root, 'dist'), { recursive: true, force: true })
const modules = join(root, 'dist', 'modules')
await compile(modules)
await trimModules()
trimDeclarations()
await build({
  ...shared,
  // Workers are found beside the file that starts them, whichever chunk that is: all lie in one folder.
  entryPoints: {
    node: 'src/rings/node.ts',
    browser: 'src/rings/index.ts',
    tables: 'src/rings/tables.node.ts',
    metrics: 'src/rings/metrics.ts',
    pictures: 'src/rings/pictures.ts',
    runs: 'src/rings/runs.ts',
    graph: 'src/rings/graph.ts',
    testing: 'src/rings/testing.ts',
    cli: 'src/apps/cli/main.ts',
    'crew.worker': 'src/engine/onnxruntime/node/crew.worker.ts',
    'beat.worker': 'src/runs/node/beat.worker.ts',
    'duckdb.child': 'src/data/tables/node/databases/duckdb.child.ts',
    'reader.worker': 'src/data/node/threads/reader.worker.ts',
    'member.worker': 'src/api/node/sweep/member.worker.ts',
    'model.worker': 'src/api/node/thread/model.worker.ts',
    'serving.worker': 'src/api/node/serve/serving.worker.ts',
  },
  outdir: 'dist',
  // By these `node --enable-source-maps` tells lines of src/.
  sourcemap: 'linked',
  sourcesContent: false,
  splitting: true,
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  plugins: [packedOnce],
})
shortenMaps(join(root, 'dist'))
cpSync(await builtPage(), join(root, 'dist', 'studio'), { recursive: true })

/** Keeps the code that a page can reach, without comments. */
async function trimModules() {
  const { metafile } = await build({
    ...shared,
    entryPoints: forPages.map((name) => join(modules, 'rings', `${name}.js`)),
    outdir: 'unwritten',
    splitting: true,
    platform: 'browser',
    write: false,
    metafile: true,
  })
  const reached = new Set(Object.keys(metafile.inputs).map((path) => join(root, path)))
  for (const name of readdirSync(modules, { recursive: true })) {
    const path = join(modules, name)
    if (!path.endsWith('.js')) continue
    if (reached.has(path)) writeFileSync(path, shortened(readFileSync(path, 'utf8')))
    else rmSync(path)
  }
}

/** Without blanks a module loses the words by which a bundler knows that a call may be dropped. */
function shortened(code) {
  const minifyWhitespace = !code.includes('@__PURE__')
  return transformSync(code, { minifyWhitespace, minifySyntax: true, minifyIdentifiers: true }).code
}

/** Keeps the declarations that those of the rings mention. */
function trimDeclarations() {
  const entries = [...Object.values(rings), 'tables'].map((name) => join(modules, 'rings', `${name}.d.ts`))
  const reached = declarationsOf(entries)
  for (const name of readdirSync(modules, { recursive: true })) {
    const path = join(modules, name)
    if (path.endsWith('.d.ts') && !reached.has(path)) rmSync(path)
  }
}
