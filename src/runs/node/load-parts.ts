/** Parts from modules of users: what `--with` names, and what a recipe remembers of it. */
import { extname, isAbsolute, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BetavaeError, fail } from '../../base/errors.ts'
import { isPart, KIND, type Part, type PartRecord, partFrom } from '../../base/parts.ts'
import { moduleDigest } from './module-digest.ts'

/**
 * The parts that modules export, each knowing where it came from.
 *
 * Importing a module runs its code. Errors, all usage: `parts/module` where it cannot be read or imported, `parts/none`
 * where it exports no part.
 */
export async function loadParts(modules: readonly string[]): Promise<Part[]> {
  const loaded: Part[] = []
  for (const module of modules) loaded.push(...(await loadModule(resolve(module))))
  return loaded
}

async function loadModule(module: string): Promise<Part[]> {
  // The address says which bytes are meant: a module that was changed since is another one.
  const digest = await moduleDigest(module).catch((cause: unknown) => refuseModule(module, cause))
  const exported = await importModule(module, digest)
  const parts = Object.values(exported).flat().filter(isPart)
  if (parts.length === 0)
    fail({
      code: 'parts/none',
      seen: `"${module}", which exports no part`,
      wanted: 'a module that exports what defineTerm, defineLikelihood, … give',
      fix: 'export the part: export const mine = defineTerm({ … })',
      usage: true,
    })
  // One part under two names, such as a default export, is one part.
  return [...new Set(parts)].map((own) => partFrom({ module, digest }, own))
}

async function importModule(module: string, digest: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(`${pathToFileURL(module).href}?${digest.slice(0, 12)}`)) as Record<string, unknown>
  } catch (cause) {
    return refuseModule(module, cause)
  }
}

function refuseModule(module: string, cause: unknown): never {
  if (cause instanceof BetavaeError) throw cause
  const { code = '', message } = cause as NodeJS.ErrnoException
  const needsNewer = code === 'ERR_UNKNOWN_FILE_EXTENSION' && /^\.[mc]?ts$/.test(extname(module))
  return fail({
    code: 'parts/module',
    seen: `"${module}", which cannot be imported: ${message.split('\n')[0]}`,
    wanted: 'a JavaScript or TypeScript module',
    fix: needsNewer
      ? 'use Node.js 22.18 or later, or write it as .js'
      : 'check the path, and run the module alone',
    usage: true,
    cause,
  })
}

/**
 * Parts that were recorded with the module that exports them and are not among those given; a module that is not there is
 * left out, which whoever asks for its parts is told.
 *
 * A module inside `folder`, such as the run that names it, is not imported, nor one that is named from where one stands:
 * looking at a run that somebody else sent must not run code that came with it. Error, usage: `parts/changed` where a module is not the one that was recorded.
 */
export async function recordedParts(
  records: readonly PartRecord[],
  { given, folder }: { readonly given: readonly Part[]; readonly folder?: string },
): Promise<Part[]> {
  const isGiven = ({ kind, name }: PartRecord) => given.some((own) => own[KIND] === kind && own.name === name)
  const wanted = new Map<string, string | undefined>()
  for (const record of records)
    if (record.module !== undefined && !isGiven(record)) wanted.set(record.module, record.digest)
  const loaded: Part[] = []
  for (const [module, digest] of wanted) {
    const found = isLent(module, folder) ? undefined : await moduleDigest(module).catch(() => undefined)
    if (found === undefined) continue
    if (found !== digest) refuseChanged(module)
    const fresh = await loadModule(module)
    loaded.push(...fresh.filter((own) => !isGiven({ kind: own[KIND], name: own.name })))
  }
  return loaded
}

/** Whether a module may have come with what names it: trainings write down where a module lies on the disk of then. */
const isLent = (module: string, folder: string | undefined): boolean =>
  !isAbsolute(module) || (folder !== undefined && !relative(resolve(folder), module).startsWith('..'))

const refuseChanged = (module: string): never =>
  fail({
    code: 'parts/changed',
    seen: `"${module}", which is not as it was when the training began`,
    wanted: 'the module of then, by its SHA-256',
    fix: `restore it, or take it as it is now: --with ${module}`,
    usage: true,
  })
