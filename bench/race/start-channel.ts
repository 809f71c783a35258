import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Channel } from './channel.ts'
import type { Command } from './process-channel.ts'
import { programChannel } from './program-channel.ts'

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

/** A step is a whole start: one process from its spawning to its first training step, ended there. */
export const startChannel = (start: Start): Channel =>
  programChannel(
    start,
    async (cwd) => {
      const { step, data } = await oneStart(start, cwd)
      return { ms: step, data }
    },
    (starts) => ({ beforeDataMs: starts.reduce((sum, { data }) => sum + data, 0) / starts.length }),
  )

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
