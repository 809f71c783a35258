import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative, sep } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
/** The command line in a folder that the package is installed into. */
export const BIN = join('node_modules', 'betavae', 'bin', 'betavae.js')

export interface Done {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The environment of someone outside this repository: none of its programs, none of what npm told this process. */
function strangersEnvironment(): Record<string, string | undefined> {
  const ours =
    /^(npm_(package|lifecycle|config_local_prefix|config_onnxruntime)|INIT_CWD|NODE_(ENV|OPTIONS|PATH)|VITEST|ONNXRUNTIME_)/i
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name))
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), NO_COLOR: '1' }
}

/** The Node.js of the machine, and the one that runs this test; often they are two. */
export const nodes = {
  machine: strangersEnvironment(),
  ours: {
    ...strangersEnvironment(),
    PATH: `${dirname(process.execPath)}${delimiter}${strangersEnvironment().PATH}`,
  },
} as const

export type Environment = Record<string, string | undefined>

/** Runs a program to its end, whatever its exit code. */
export const execute = (
  cwd: string,
  program: string,
  words: readonly string[],
  env: Environment = nodes.machine,
): Promise<Done> =>
  new Promise((resolve) => {
    execFile(program, words, { cwd, env, maxBuffer: 1 << 26 }, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, out, err })
    })
  })

/** What `npm pack` says of a package. */
export interface Packed {
  readonly tarball: string
  readonly size: number
  readonly files: readonly string[]
}

/** What is no part of the package. */
const LEFT = new Set(['.cache', '.git', '.ci', 'node_modules', 'dist', 'bench', 'test', 'docs', 'runs'])
/** Where tarballs wait for other test files, by what they were packed of. */
const CACHE = join(root, '.cache', 'packed')

/**
 * Builds and packs a copy of this repository, so that its own `dist` stays as it is while other tests run; once for all
 * test files, until anything in it changes.
 */
export async function pack(folder: string): Promise<Packed> {
  const place = join(CACHE, await digestOfAll())
  const tarball = join(place, 'betavae.tgz')
  const said = join(place, 'packed.json')
  const known = await readFile(said, 'utf8').catch(() => undefined)
  if (known !== undefined) return { ...(JSON.parse(known) as Omit<Packed, 'tarball'>), tarball }
  const packed = await packAnew(folder)
  // Another test file may be at the same: whole files take each other's place.
  await mkdir(place, { recursive: true })
  const own = join(place, `${process.pid}.tgz`)
  await cp(packed.tarball, own)
  await rename(own, tarball)
  await writeFile(`${own}.json`, JSON.stringify({ size: packed.size, files: packed.files }))
  await rename(`${own}.json`, said)
  return packed
}

/** A digest of what the package is made of, and of what builds it. */
async function digestOfAll(): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  const paths: string[] = []
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (LEFT.has(entry.name)) continue
    if (entry.isFile()) paths.push(entry.name)
    if (!entry.isDirectory()) continue
    const within = await readdir(join(root, entry.name), { recursive: true, withFileTypes: true })
    for (const { name, parentPath, isFile } of within.map((own) => ({ ...own, isFile: own.isFile() })))
      if (isFile) paths.push(relative(root, join(parentPath, name)))
  }
  for (const path of paths.filter((one) => !one.endsWith('.test.ts')).sort())
    hash.update(path).update(await readFile(join(root, path)))
  return hash.digest('hex').slice(0, 24)
}

async function packAnew(folder: string): Promise<Packed> {
  const copy = join(folder, 'copy')
  await cp(root, copy, { recursive: true, filter: (path) => !LEFT.has(relative(root, path).split(sep)[0]) })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  const { code, out, err } = await execute(copy, 'npm', ['pack', '--json', '--pack-destination', folder])
  if (code !== 0) throw new Error(`npm pack: ${err}`)
  const [{ filename, size, files }] = JSON.parse(out.slice(out.indexOf('[\n'))) as [
    { filename: string; size: number; files: { path: string }[] },
  ]
  return { tarball: join(folder, filename), size, files: files.map(({ path }) => path) }
}

/** An empty folder with the package installed into it. */
export interface User {
  readonly path: string
  readonly installed: Done
  npm(...words: string[]): Promise<Done>
  npx(words: string): Promise<Done>
  /** What npx would run, without the second that npx itself takes. */
  betavae(words: string, env?: Environment): Promise<Done>
  /** Writes a file and runs it with Node.js. */
  script(name: string, text: string, env?: Environment): Promise<Done>
}

/** Installs the tarball into a new folder as a user would. */
export async function install(
  folder: string,
  name: string,
  tarball: string,
  options: readonly string[],
  env: Environment = nodes.machine,
): Promise<User> {
  const path = join(folder, name)
  await mkdir(path)
  const npm = (...words: string[]) => execute(path, 'npm', [...words, '--prefer-offline', '--no-audit'], env)
  return {
    path,
    installed: await npm('install', tarball, ...options),
    npm,
    npx: (words) => execute(path, 'npx', words.split(' '), env),
    betavae: (words, other = env) => execute(path, 'node', [BIN, ...words.split(' ')], other),
    async script(file, text, other = env) {
      await writeFile(join(path, file), text)
      return execute(path, 'node', [file], other)
    },
  }
}

/** Puts the package into an empty folder, with what it depends on from here and `more`: no byte is downloaded. */
export async function unpack(folder: string, tarball: string, more: readonly string[] = []): Promise<void> {
  const own = join(folder, 'node_modules')
  await mkdir(join(own, 'betavae'), { recursive: true })
  const words = ['-xzf', tarball, '-C', 'betavae', '--strip-components', '1']
  const { code, err } = await execute(own, 'tar', words)
  if (code !== 0) throw new Error(err)
  const { dependencies } = JSON.parse(await readFile(join(own, 'betavae', 'package.json'), 'utf8'))
  const always = [...Object.keys(dependencies), 'onnxruntime-node', '@types/node', 'undici-types']
  for (const name of [...always, ...more]) {
    await mkdir(join(own, name, '..'), { recursive: true })
    await symlink(join(root, 'node_modules', name), join(own, name), 'junction')
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
}

export async function temporary(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-package-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
