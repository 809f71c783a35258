import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))
const AN_HOUR = 3_600_000
const kept = join(root, 'node_modules', '.cache', 'betavae-studio')

let built: Promise<string> | undefined

/** The folder of the page as it is built from the sources as they were at the first call; the same are built once. */
export const builtPage = (): Promise<string> => {
  built ??= keptOrBuilt()
  return built
}

async function keptOrBuilt(): Promise<string> {
  const folder = join(kept, await digestOfSources())
  if (existsSync(folder)) return folder
  const beside = join(kept, randomUUID())
  await build(beside)
  // Where two test files build at once, one of them comes second.
  await rename(beside, folder).catch(() => rm(beside, { recursive: true, force: true }))
  await removeOthers(folder)
  return folder
}

/** Builds in a process that does not know of a test, since Vite and Svelte build otherwise for tests. */
async function build(folder: string): Promise<void> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const words = [vite, 'build', '--config', 'vite.config.ts', '--outDir', folder, '--logLevel', 'error']
  await promisify(execFile)(process.execPath, words, { cwd: root, env })
}

async function digestOfSources(): Promise<string> {
  const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && !/\.(test|testing)\./.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
  const digest = createHash('sha256')
  for (const file of [join(root, 'vite.config.ts'), join(root, 'package-lock.json'), ...files])
    digest.update(`${relative(root, file)}\n`).update(await readFile(file))
  return digest.digest('hex').slice(0, 16)
}

/** Pages of earlier sources, once nobody can be looking at them any more. */
async function removeOthers(folder: string): Promise<void> {
  const { mtimeMs } = await stat(folder)
  for (const name of await readdir(kept)) {
    const other = join(kept, name)
    const about = await stat(other).catch(() => undefined)
    if (about && about.mtimeMs < mtimeMs - AN_HOUR) await rm(other, { recursive: true, force: true })
  }
}
