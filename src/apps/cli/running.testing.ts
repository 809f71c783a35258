import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { run } from './cli.ts'
import { type Terminal, terminalOf } from './terminal/terminal.ts'

const MAIN = join(import.meta.dirname, 'main.ts')

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Started {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when stderr or stdout has held the text. */
  seen(text: string): Promise<void>
}

/** Starts the real command line from source, in a folder. */
export function start(cwd: string, words: readonly string[], nodeOptions: readonly string[] = []): Started {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...nodeOptions, MAIN, ...words],
    {
      cwd,
      env: { ...process.env, NO_COLOR: '1', DEBUG: '' },
    },
  )
  let out = ''
  let err = ''
  const waiting: { text: string; done: () => void }[] = []
  const look = () => {
    for (const { text, done } of waiting) if (out.includes(text) || err.includes(text)) done()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    look()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
    look()
  })
  return {
    process: child,
    ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err }))),
    seen: (text) =>
      new Promise((done) => {
        waiting.push({ text, done })
        look()
      }),
  }
}

/** Runs the real command line to its end. */
export const betavae = (cwd: string, ...words: string[]): Promise<Ended> => start(cwd, words).ended

/** Commands of this process that have not come to their end, as that of a test which ran out of time. */
const unfinished = new Set<Promise<Ended>>()

/** Runs the command line in this process, which must stand in the folder that the words mean. */
export function inProcess(...words: string[]): Promise<Ended> {
  const ended = runHere(words).finally(() => unfinished.delete(ended))
  unfinished.add(ended)
  return ended
}

/** Goes back to where this process stood, once nothing can write there what is meant for the folder it leaves. */
export async function leaveFor(home: string): Promise<void> {
  await Promise.allSettled(unfinished)
  process.chdir(home)
}

/** The same as it reads on a terminal so wide, without colors and without lines that are redrawn. */
export async function onTerminal(columns: number, ...words: string[]): Promise<Ended & { text: string }> {
  const { terminal, written, all } = memoryTerminal(columns)
  return { code: await run(words, terminal), ...written, ...all }
}

async function runHere(words: readonly string[]): Promise<Ended> {
  const { terminal, written } = memoryTerminal()
  return { code: await run(words, terminal), ...written }
}

/** A terminal so wide, or without columns two pipes; what was written to it is kept, together and apart. */
export function memoryTerminal(columns?: number) {
  const written = { out: '', err: '' }
  const all = { text: '' }
  const stream = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text
      all.text += text
    },
    isTTY: columns !== undefined,
    ...(columns === undefined ? {} : { columns }),
  })
  const terminal: Terminal = terminalOf(stream('out'), stream('err'), { NO_COLOR: '1', TERM: 'dumb' })
  return { terminal, written, all }
}

export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-cli-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Every file of a folder with a digest of what it holds, and every folder. */
export async function listing(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true })).sort()
  const entries = names.map(async (name): Promise<[string, string]> => {
    const path = join(folder, name)
    if ((await stat(path)).isDirectory()) return [name, 'folder']
    return [
      name,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Runs each line, and gives exit codes and messages; nothing on disk may change. */
export async function refusals(...lines: readonly string[]): Promise<string> {
  const before = await listing('.')
  const told: string[] = []
  for (const line of lines) {
    const { code, out, err } = await inProcess(...line.split(' '))
    told.push(`${line}\n  ${code}: ${err.trimEnd()}${out === '' ? '' : `\n  out: ${out.trimEnd()}`}`)
  }
  expect(await listing('.')).toEqual(before)
  return `\n${told.join('\n')}\n`
}

/** What a command writes to stdout; the test fails where the command does. */
export async function told(...words: string[]): Promise<string> {
  const { code, out, err } = await inProcess(...words)
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  return out
}
