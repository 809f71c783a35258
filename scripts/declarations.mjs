/** Declarations of the public entries, as the package ships them. */
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { digestOfSources, keptFolder } from './kept.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** What is imported under which name; of two that differ by platform, the one of Node.js. */
export const rings = {
  betavae: 'node',
  'betavae/browser': 'index',
  'betavae/tables': 'tables.node',
  'betavae/metrics': 'metrics',
  'betavae/pictures': 'pictures',
  'betavae/runs': 'runs',
  'betavae/graph': 'graph',
  'betavae/testing': 'testing',
}

const CONFIGURED = ['scripts/declarations.mjs', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']

/** Compiles what the entries reach into a folder, a module a file, with declarations beside it. */
export async function compile(folder) {
  cpSync(await keptFolder('modules', digestOfSources(...CONFIGURED), compileAnew), folder, {
    recursive: true,
  })
}

function compileAnew(folder) {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  })
  for (const name of readdirSync(folder, { recursive: true }))
    if (name.endsWith('.d.ts')) nameAsShipped(join(folder, name))
}

/** The compiler keeps the endings of sources in declarations, which not every compiler can follow. */
function nameAsShipped(path) {
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace(/((?:from|import\()\s*['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'))
}

/** Declarations, and all that they mention, file by file. */
export function declarationsOf(entries) {
  const reached = new Set()
  const follow = (path) => {
    if (reached.has(path)) return
    reached.add(path)
    for (const [, mentioned] of readFileSync(path, 'utf8').matchAll(
      /(?:from|import\(|import)\s*['"](\.[^'"]*)\.js['"]/g,
    ))
      follow(join(dirname(path), `${mentioned}.d.ts`))
  }
  for (const path of entries) follow(path)
  return reached
}
