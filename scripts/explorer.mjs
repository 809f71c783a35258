/** Bundles what runs in written pages into live.packed.ts and player.packed.ts; with --check only compares. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A module of which every export can be called and read, and is itself again. */
const NOTHING = `
const any = new Proxy(() => any, { get: () => any, apply: () => any, getPrototypeOf: () => any })
module.exports = any
`

/** The page reads what was checked before and lowers nothing, so schemas and ONNX stay out of it. */
const withoutChecksAndLowering = {
  name: 'without-checks-and-lowering',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod\/mini$|\/onnx\// }, ({ path }) => ({ path, namespace: 'nothing' }))
    onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: NOTHING, loader: 'js' }))
  },
}

/** What runs in every page, and what runs in explorer pages besides. */
const bundles = [
  { entry: 'src/report/live/live.ts', target: 'src/report/live/live.packed.ts', name: 'live' },
  {
    entry: 'src/report/explorer/player/player.ts',
    target: 'src/report/explorer/player.packed.ts',
    name: 'player',
  },
  { entry: 'src/report/explorer/player/rows.ts', target: 'src/report/explorer/rows.packed.ts', name: 'rows' },
]

for (const { entry, target, name } of bundles) {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
    plugins: [withoutChecksAndLowering],
  })
  const code = outputFiles[0].text.replace(/[\\`]|\$\{/g, '\\$&').trim()
  const text = `/** ${entry} and all that it needs, bundled by scripts/explorer.mjs. */\nconst ${name}: string = \`${code}\`\n\nexport default ${name}\n`
  const place = new URL(`../${target}`, import.meta.url)
  if (!process.argv.includes('--check')) writeFileSync(place, text)
  else if (readFileSync(place, 'utf8') !== text) {
    console.error(`${target} is another than ${entry} makes. Fix: npm run explorer`)
    process.exitCode = 1
  }
}
