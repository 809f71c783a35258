/** What a command left: whether all of it is whole, and what of it must be the same each time. */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { readSafetensors } from '../../../src/data/formats/safetensors.ts'

const digest = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 16)
}

/** JSON whose keys are in order: a log that was read and written anew has them in another. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

type Line = Readonly<Record<string, unknown>>

/** A log without what depends on the clock, and on how often its run began. */
export const deeds = (lines: readonly Line[]): Line[] =>
  lines
    .filter(({ kind }) => kind === 'step' || kind === 'epoch' || kind === 'warning')
    .map(({ examplesPerSecond, ...deed }) => deed)

/** The lines of a file that ends with one. */
function linesOf(text: string): Line[] {
  if (!text.endsWith('\n')) throw new Error('a torn last line')
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

/** By ending, how a file is read whole and what of it counts; it fails where the file is torn. */
const readings: Readonly<Record<string, (bytes: Uint8Array, text: string) => string>> = {
  '.safetensors': (bytes) =>
    digest(
      ...Object.entries(readSafetensors(bytes, { checked: true }).tensors).flatMap(
        ([name, { data, shape }]) => [
          `${name} ${shape}`,
          new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
        ],
      ),
    ),
  '.json': (_, text) => digest(canonical(JSON.parse(text))),
  '.jsonl': (_, text) => {
    const lines = linesOf(text)
    return digest(canonical('kind' in lines[0] ? deeds(lines) : lines))
  },
  '.html': (_, text) => {
    if (!text.trimEnd().endsWith('</html>')) throw new Error('a torn page')
    return 'a page'
  },
}

async function told(path: string): Promise<string> {
  if ((await stat(path)).isDirectory()) return 'a folder'
  const bytes = await readFile(path)
  const read = readings[extname(path)]
  return read ? read(bytes, bytes.toString()) : digest(bytes)
}

/** Every file and folder below this one, hidden ones too, with what of it must be the same; a torn file says so. */
export async function leftIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true })).sort()
  const all = names.map(async (name): Promise<[string, string]> => {
    const what = await told(join(folder, name)).catch((error: Error) => `torn: ${error.message}`)
    return [name, what]
  })
  return Object.fromEntries(await Promise.all(all))
}

/** How what is there differs from what should be. */
export function differences(
  seen: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(seen), ...Object.keys(wanted)])
  return [...names].flatMap((name) => {
    if (seen[name] === wanted[name]) return []
    if (wanted[name] === undefined) return [`litter: ${name}`]
    if (seen[name] === undefined) return [`missing: ${name}`]
    return [seen[name].startsWith('torn') ? `${name} ${seen[name]}` : `other content: ${name}`]
  })
}
