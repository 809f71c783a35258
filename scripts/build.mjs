/** Builds src/ into dist/: a few files of code, so that starting reads a few, declarations beside them, and the page. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { build as buildPage } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
await build({
  absWorkingDir: root,
  // Workers are found beside the file that starts them, whichever chunk that is: all lie in one folder.
  entryPoints: {
    index: 'src/index.ts',
    node: 'src/node.ts',
    cli: 'src/apps/cli/main.ts',
    'reader.worker': 'src/data/node/threads/reader.worker.ts',
    'member.worker': 'src/api/node/sweep/member.worker.ts',
    'model.worker': 'src/api/node/thread/model.worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
await buildPage({ configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)) })
