/** The studio's page as Vite builds it. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { digestOfSources, keptFolder } from './kept.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

let built

/** The folder of the page as the sources were at the first call. */
export const builtPage = () => {
  built ??= keptFolder('studio', digestOfSources('vite.config.ts', 'package-lock.json'), build)
  return built
}

/** Builds in a process that does not know of a test, since Vite and Svelte build otherwise for tests. */
async function build(folder) {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const words = [vite, 'build', '--config', 'vite.config.ts', '--outDir', folder, '--logLevel', 'error']
  await promisify(execFile)(process.execPath, words, { cwd: root, env })
}
