/**
 * Does what a Dockerfile says without Docker, in folders: `node scripts/image.ts <context> <folder>` copies and runs the
 * steps of the context's Dockerfile below the folder and prints what the container would run, as JSON.
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What a container of an image runs. */
export interface Image {
  /** Where on this disk the container's working directory is. */
  readonly path: string
  readonly env: Readonly<Record<string, string>>
  readonly user: string | undefined
  readonly command: readonly string[]
  /** What tells whether it is well, for a shell. */
  readonly healthcheck: string | undefined
}

interface Stage {
  readonly root: string
  workdir: string
  env: Record<string, string>
  user?: string
  command: readonly string[]
  healthcheck?: string
}

/** Makes an image of a context below a folder; stages are folders there. */
export async function imageOf(context: string, folder: string): Promise<Image> {
  const stages = new Map<string, Stage>()
  let stage: Stage | undefined
  for (const [instruction, rest] of instructionsOf(await readFile(join(context, 'Dockerfile'), 'utf8'))) {
    if (instruction === 'FROM') {
      const name = / AS (\S+)$/i.exec(rest)?.[1] ?? 'last'
      stage = { root: join(folder, name), workdir: '/', env: {}, command: [] }
      stages.set(name, stage)
      await mkdir(stage.root, { recursive: true })
    } else if (stage) await step(stage, instruction, rest, { context, stages })
  }
  if (!stage) throw new Error(`no stage in ${context}/Dockerfile`)
  const { root, workdir, env, user, command, healthcheck } = stage
  return { path: join(root, workdir), env, user, command, healthcheck }
}

/** Lines that go on after a backslash are one; comments are none. */
const instructionsOf = (text: string): [string, string][] =>
  text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, instruction, rest] = /^(\S+)\s+(.*)$/.exec(line) as RegExpExecArray
      return [instruction, rest]
    })

interface Around {
  readonly context: string
  readonly stages: ReadonlyMap<string, Stage>
}

async function step(stage: Stage, instruction: string, rest: string, around: Around): Promise<void> {
  const here = join(stage.root, stage.workdir)
  switch (instruction) {
    case 'WORKDIR':
      stage.workdir = rest
      await mkdir(join(stage.root, rest), { recursive: true })
      return
    case 'ENV':
      for (const [, name, value] of rest.matchAll(/(\w+)=(\S+)/g)) stage.env[name] = value
      return
    case 'COPY':
      return copy(here, rest, around)
    case 'RUN':
      await run('sh', ['-ec', rest], { cwd: here, env: { ...process.env, ...stage.env }, maxBuffer: 2 ** 26 })
      return
    case 'USER':
      stage.user = rest
      return
    case 'CMD':
      stage.command = JSON.parse(rest)
      return
    case 'HEALTHCHECK':
      stage.healthcheck = /CMD (.*)$/.exec(rest)?.[1]
      return
    case 'EXPOSE':
    case 'STOPSIGNAL':
      return
    default:
      throw new Error(`a step that is not known here: ${instruction} ${rest}`)
  }
}

/** The last word is where to; a place that ends in a slash is a folder. */
async function copy(here: string, rest: string, { context, stages }: Around): Promise<void> {
  const [, from, words] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) as RegExpExecArray
  const paths = words.split(' ')
  const to = paths.pop() as string
  const root = from === undefined ? context : (stages.get(from) as Stage).root
  for (const path of paths) {
    const target = to.endsWith('/') ? join(here, to, path) : join(here, to)
    await mkdir(dirname(target), { recursive: true })
    await cp(join(root, path), target, { recursive: true, verbatimSymlinks: true })
  }
}

const [context, folder] = process.argv.slice(2)
if (import.meta.main && context !== undefined && folder !== undefined)
  console.log(JSON.stringify(await imageOf(resolve(context), resolve(folder)), null, 2))
