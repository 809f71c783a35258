import { readdir, readFile, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { BetavaeError, parseJson, version, writeWhole } from '../../inside.node.ts'
import { isolation } from './headers.ts'
import { runtimeFiles } from './installed.ts'

/** File that says which others of its folder are ours. */
const MARK = '.betavae-studio.json'

interface Mark {
  readonly betavae: string
  readonly files: readonly string[]
}

/**
 * Writes the built page as files for any web server, over those that an earlier call wrote.
 *
 * Errors: `studio/static-taken` for a folder that holds anything else, `files/write`.
 */
export async function writeStatic(folder: string, page: string): Promise<void> {
  const before = await ownFiles(folder)
  const files = new Map([...notes(), ...(await pageFiles(page))])
  const names = [...files.keys()]
  const mark = (own: readonly string[]) => writeMark(folder, { betavae: version, files: [...new Set(own)] })
  // First, so that a folder whose writing was stopped can be written again; `index.html` last, so that it has the rest.
  await mark([...before, ...names])
  for (const [name, content] of files) await writeWhole(join(folder, name), await content())
  await Promise.all(
    before.filter((name) => !files.has(name)).map((name) => rm(join(folder, name), { force: true })),
  )
  await mark(names)
}

const writeMark = (folder: string, mark: Mark): Promise<void> =>
  writeWhole(join(folder, MARK), `${JSON.stringify(mark, null, 2)}\n`)

type Content = () => Promise<Uint8Array | string>

/** The page and ONNX Runtime's files, `index.html` last. */
async function pageFiles(page: string): Promise<(readonly [string, Content])[]> {
  const entries = await readdir(page, { withFileTypes: true, recursive: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const own = paths.map((path): [string, string] => [relative(page, path).split(sep).join('/'), path])
  const runtime = [...runtimeFiles()].map(([name, path]): [string, string] => [`ort/${name}`, path])
  const isLast = ([name]: [string, string]) => Number(name === 'index.html')
  return [...runtime, ...own.sort((a, b) => isLast(a) - isLast(b))].map(([name, path]) => [
    name,
    () => readFile(path),
  ])
}

const headerLines = Object.entries(isolation).map(([name, value]) => `  ${name}: ${value}`)

/** What a web server should add to its answers: for people, and for hosts that read a `_headers` file. */
const notes = (): (readonly [string, Content])[] => [
  ['_headers', async () => ['/*', ...headerLines, ''].join('\n')],
  [
    'HOSTING.txt',
    async () =>
      [
        'These files are the studio of betavae. Any web server can host them, in any folder, over HTTPS.',
        "Everything is computed in the visitor's browser; nothing is sent anywhere.",
        '',
        'Where each answer has these two headers, training uses all threads of the processor; without them one:',
        ...headerLines,
        '',
        'Hosts that read a file _headers find them there. Files *.wasm should be sent as application/wasm.',
        '',
      ].join('\n'),
  ],
]

/** The files that an earlier call wrote; none for a folder that is new or empty. Error `studio/static-taken`. */
async function ownFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => noNames(folder, error))
  if (names.length === 0) return []
  if (names.includes(MARK)) {
    const path = join(folder, MARK)
    const { files } = parseJson(path, await readFile(path, 'utf8')) as Partial<Mark>
    if (Array.isArray(files)) return files.filter(staysInside)
  }
  return refuseFolder(`"${folder}" holds files that are not of an earlier betavae studio --static`)
}

const staysInside = (name: unknown): boolean =>
  typeof name === 'string' && !name.startsWith('/') && !name.split(/[\\/]/).includes('..')

/** A folder that is not there has no names; anything else that has none is refused. */
function noNames(folder: string, { code }: NodeJS.ErrnoException): string[] {
  if (code === 'ENOENT') return []
  return refuseFolder(code === 'ENOTDIR' ? `"${folder}" is a file` : `"${folder}" cannot be read (${code})`)
}

function refuseFolder(seen: string): never {
  throw new BetavaeError({
    code: 'studio/static-taken',
    seen,
    wanted: 'a new or empty folder, or one that was written so before',
    fix: 'choose another --static',
    usage: true,
  })
}
