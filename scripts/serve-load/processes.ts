/** Starts servers as processes of their own, and looks at the memory that they hold. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Running extends AsyncDisposable {
  readonly process: ChildProcess
  /** Megabytes that the process and those it started hold. */
  memory(): Promise<number>
  /** Sends SIGTERM, and waits for the end; its exit code. */
  stop(): Promise<number | null>
}

/** Starts a command, and waits until an address of it answers 200. */
export async function running(
  command: string,
  words: readonly string[],
  { ready, env = {} }: { readonly ready: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Running> {
  const child = spawn(command, words, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const end = () => child.kill()
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  for (let tries = 0; ; tries++) {
    const answer = await fetch(ready).catch(() => undefined)
    if (answer?.ok) break
    if (child.exitCode !== null || tries > 300)
      throw new Error(`${command} ${words.join(' ')} does not answer:\n${said}`)
    await sleep(100)
  }
  const stop = () => {
    if (child.exitCode === null) child.kill('SIGTERM')
    return ended
  }
  return {
    process: child,
    memory: async () => (await held(child.pid as number)) / 1024,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

/** Kilobytes of resident memory, those of children included. */
async function held(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0)
  const below = await Promise.all(
    children
      .trim()
      .split(' ')
      .filter(Boolean)
      .map((child) => held(Number(child))),
  )
  return own + below.reduce((sum, kb) => sum + kb, 0)
}
