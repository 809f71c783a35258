/** Bundles what runs in an explorer page into src/report/explorer/*.packed.ts; with --check only compares. */
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

for (const name of ['player', 'rows']) {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: [`src/report/explorer/player/${name}.ts`],
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
  const text = `/** player/${name}.ts and all that it needs, bundled by scripts/explorer.mjs. */\nconst ${name}: string = \`${code}\`\n\nexport default ${name}\n`
  const target = new URL(`../src/report/explorer/${name}.packed.ts`, import.meta.url)
  if (!process.argv.includes('--check')) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(`The ${name} of explorer pages is another than is kept. Fix: npm run explorer`)
    process.exitCode = 1
  }
}
