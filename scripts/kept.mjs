/** Folders made of sources: each is made once, and kept for whoever wants it while the sources are the same. */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const AN_HOUR = 3_600_000

/** A digest of all sources but tests, and of more files by their paths from the root. */
export function digestOfSources(...more) {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|testing)\./.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
  const digest = createHash('sha256')
  for (const file of [...more.map((path) => join(root, path)), ...sources])
    digest.update(`${relative(root, file)}\n`).update(readFileSync(file))
  return digest.digest('hex').slice(0, 16)
}

/** The folder of this digest, which `make` has filled now or before. Nobody writes into it. */
export async function keptFolder(name, digest, make) {
  const kept = join(root, 'node_modules', '.cache', `betavae-${name}`)
  const folder = join(kept, digest)
  if (existsSync(folder)) return folder
  const beside = join(kept, randomUUID())
  await make(beside)
  try {
    renameSync(beside, folder)
  } catch {
    // Of two processes that made it at once, one comes second.
    rmSync(beside, { recursive: true, force: true })
  }
  removeOthers(kept, folder)
  return folder
}

/** Removes what was made of earlier sources, once nobody can be reading it any more. */
function removeOthers(kept, folder) {
  const { mtimeMs } = statSync(folder)
  for (const name of readdirSync(kept)) {
    const other = join(kept, name)
    const about = statSync(other, { throwIfNoEntry: false })
    if (about && about.mtimeMs < mtimeMs - AN_HOUR) rmSync(other, { recursive: true, force: true })
  }
}
