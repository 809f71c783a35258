import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly text: string
}

export interface Started {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
}

/** Starts the command line in a folder, with further variables of the environment. */
export type Program = (
  folder: string,
  words: readonly string[],
  variables: Readonly<Record<string, string>>,
) => Started

const CRASH_POINT = join(import.meta.dirname, '..', 'crash-point.ts')

/** The command line as it has been built. */
export const BUILT = join(import.meta.dirname, '..', '..', '..', 'bin', 'betavae.js')

/** The command line that a file starts, with a module loaded before: what can end it at any change to a file. */
export const programOf =
  (main: string, before = CRASH_POINT): Program =>
  (folder, words, variables) => {
    const quiet = '--disable-warning=ExperimentalWarning'
    const child = spawn(process.execPath, [quiet, '--import', before, main, ...words], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', DEBUG: '', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (more: string) => {
        text += more
      })
    return {
      process: child,
      ended: new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, text }))),
    }
  }
