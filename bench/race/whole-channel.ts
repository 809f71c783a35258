import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Figures } from '../contestants/protocol.ts'
import type { Channel } from './channel.ts'
import type { Command } from './process-channel.ts'
import { programChannel } from './program-channel.ts'
import { median } from './race.ts'

/** A program that is timed from being spawned to its end, as who types it waits for it. */
export interface Whole {
  readonly command: Command
  /** Of a training: a line at the end of an epoch, with what that came to in nats per example. */
  readonly epoch?: RegExp
  readonly version: string
  readonly note: string
}

/** A step is a whole run; its figure `epochMs` is the median time from one epoch's end to the next. */
export const wholeChannel = (whole: Whole): Channel =>
  programChannel(
    whole,
    (cwd) => oneRun(whole, cwd),
    (runs): Figures => (whole.epoch ? { epochMs: median(runs.flatMap(({ epochs }) => epochs)) } : {}),
  )

interface Run {
  readonly ms: number
  readonly epochs: readonly number[]
  readonly answer: number
}

async function oneRun(
  { command: [program, ...args], epoch }: Pick<Whole, 'command' | 'epoch'>,
  cwd: string,
): Promise<Run> {
  const began = performance.now()
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  const said: string[] = []
  const ends: number[] = []
  let answer = Number.NaN
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line)
      const [, came] = epoch?.exec(line) ?? []
      if (came === undefined) return
      ends.push(performance.now())
      answer = Number(came)
    })
  const [code] = await ended
  const ms = performance.now() - began
  if (code !== 0 || (epoch && ends.length < 2))
    throw new Error(said.join('\n').slice(-600) || `it ended with ${code}`)
  return { ms, epochs: ends.slice(1).map((end, i) => end - ends[i]), answer }
}
