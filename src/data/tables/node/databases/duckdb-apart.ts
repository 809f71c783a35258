import { type ChildProcess, fork } from 'node:child_process'
import { extname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unpacked } from '../../../../base/crossing.ts'
import type { OpenedDatabase } from './database.ts'
import type { Answer, Answers, Question } from './duckdb.child.ts'
import { refuseTorn } from './duckdb-reading.ts'

interface Call {
  resolve(value: unknown): void
  reject(reason: unknown): void
}

/** Asks the process; what it was asked fails where it ends. */
interface Line {
  ask<Name extends keyof Answers>(
    name: Name,
    ...given: Parameters<Answers[Name]>
  ): Promise<Awaited<ReturnType<Answers[Name]>>>
  hasEnded(): boolean
  end(): void
}

/** A process that has been let go and waits for the next one who needs it: starting one takes longer than a small read. */
let idle: Line | undefined

/**
 * A DuckDB file, or files that DuckDB reads, in a process of their own: where the file brings DuckDB down, that is an
 * error here. Errors: those of opening there, `database/torn`.
 */
export async function openApart(...[what, place]: Parameters<Answers['open']>): Promise<OpenedDatabase> {
  const line = idle ?? lineTo(started())
  idle = undefined
  const { ask } = line
  const letGo = () => {
    if (idle === undefined && !line.hasEnded()) idle = line
    else line.end()
  }
  // It stands where it was started, wherever this process goes.
  await ask('open', what, resolve(place)).catch((error: unknown) => {
    letGo()
    throw error
  })
  return {
    tables: () => ask('tables'),
    tableQuery: (table) => ask('tableQuery', table),
    inOrder: (query) => ask('inOrder', query),
    rows: async (query) => ({ columns: await ask('rows', query), chunks: chunksFrom(ask) }),
    async close() {
      await ask('close').finally(letGo)
    },
  }
}

/** The next rows are asked for while the last ones are looked at. */
async function* chunksFrom(ask: Line['ask']) {
  for (let next = ask('next'); ; ) {
    const rows = await next
    if (rows === undefined) return
    next = ask('next')
    // Nobody may come to wait for it.
    next.catch(() => undefined)
    yield rows
  }
}

function started(): ChildProcess {
  // The script has the extension that this file has: .ts where sources run, .js where they have been built.
  const script = new URL(`./duckdb.child${extname(import.meta.url)}`, import.meta.url)
  return fork(fileURLToPath(script), {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

function lineTo(child: ChildProcess): Line {
  const calls = new Map<number, Call>()
  let asked = 0
  let ended: unknown
  // It keeps this process only while an answer is waited for.
  const hold = (isHeld: boolean) => {
    const change = isHeld ? 'ref' : 'unref'
    child[change]()
    child.channel?.[change]()
  }
  child.on('message', ({ id, ...answer }: Answer) => {
    const call = calls.get(id)
    calls.delete(id)
    if (calls.size === 0) hold(false)
    if ('value' in answer) call?.resolve(answer.value)
    else call?.reject(unpacked(answer))
  })
  const end = (how: unknown) => {
    ended = how
    for (const { reject } of calls.values()) reject(tornBy(how))
    calls.clear()
  }
  child.on('error', end)
  child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
  return {
    ask: (name, ...given) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(tornBy(ended))
          return
        }
        const question: Question = { id: asked++, name, given }
        calls.set(question.id, { resolve: resolve as Call['resolve'], reject })
        hold(true)
        child.send(question)
      }),
    hasEnded: () => ended !== undefined,
    end: () => child.connected && child.disconnect(),
  }
}

function tornBy(how: unknown): unknown {
  try {
    return refuseTorn(how instanceof Error ? how.message : `DuckDB itself ended by ${how}`)
  } catch (error) {
    return error
  }
}
