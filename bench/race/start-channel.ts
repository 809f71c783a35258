import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Channel } from './channel.ts'
import type { Command } from './process-channel.ts'

/** A program that is timed from being spawned; both marks are parts of lines that it prints. */
export interface Start {
  readonly command: Command
  /** Printed as it begins to read data. */
  readonly dataMark: string
  /** Printed when its first training step is done. */
  readonly stepMark: string
  readonly version: string
  readonly note: string
}

/** What a program that is started is assigned: the folder to work in. */
export interface StartPlace {
  readonly cwd: string
}

/** A step is a whole start: one process from its spawning to its first training step, ended there. */
export function startChannel({ version, note, ...start }: Start): Channel {
  let place = ''
  return {
    async ask(question) {
      if ('assignment' in question) {
        place = (question.assignment as StartPlace).cwd
        return { version, note }
      }
      const starts: { step: number; data: number }[] = []
      while (starts.length < question.steps) starts.push(await oneStart(start, place))
      return {
        ms: starts.map(({ step }) => step),
        answer: Number.NaN,
        figures: { beforeDataMs: starts.reduce((sum, { data }) => sum + data, 0) / starts.length },
      }
    },
    close: async () => {},
  }
}

async function oneStart(
  { command: [program, ...args], dataMark, stepMark }: Omit<Start, 'version' | 'note'>,
  cwd: string,
) {
  const began = performance.now()
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  const said: string[] = []
  const marks = { data: Number.NaN, step: Number.NaN }
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      const now = performance.now() - began
      said.push(line)
      if (line.includes(dataMark)) marks.data = now
      if (!line.includes(stepMark)) return
      marks.step = now
      child.kill('SIGKILL')
    })
  await ended
  if (Number.isNaN(marks.step))
    throw new Error(said.join('\n').slice(-600) || 'it ended before its first step')
  return marks
}
