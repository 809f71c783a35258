/** Bundles what runs in written pages into live.packed.ts and player.packed.ts; with --check only compares. */
import { readFileSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { packed, packedOptions } from './packed.mjs'

for (const { entry, target, name } of packed) {
  const { outputFiles } = await build({ ...packedOptions, entryPoints: [entry] })
  const code = outputFiles[0].text.replace(/[\\`]|\$\{/g, '\\$&').trim()
  const text = `/** ${entry} and all that it needs, bundled by scripts/explorer.mjs. */\nconst ${name}: string = \`${code}\`\n\nexport default ${name}\n`
  const place = new URL(`../${target}`, import.meta.url)
  if (!process.argv.includes('--check')) writeFileSync(place, text)
  else if (readFileSync(place, 'utf8') !== text) {
    console.error(`${target} is another than ${entry} makes. Fix: npm run explorer`)
    process.exitCode = 1
  }
}
