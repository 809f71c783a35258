import type { ChildProcess } from 'node:child_process'
import { existsSync, type FSWatcher, watch } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { type Started, start, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { fillUniform, streams } from '../../src/base/random.ts'

const folder = await temporaryFolder()
const begun: ChildProcess[] = []
afterAll(() => {
  for (const child of begun) child.kill('SIGKILL')
  return folder.remove()
})

function betavae(...words: string[]): Started {
  const started = start(folder.path, words)
  begun.push(started.process)
  return started
}

/** Everything that a resume must bring back: annealing, fresh noise in data and code, the best epoch so far. */
const recipe = (steps: number) =>
  [
    'digits --latent 8 --hidden 128 --batch 32 --threads 1 --binarize dynamic --patience 1000000 --no-report',
    `--steps ${steps} --beta linear(0,2,${2 * steps})`,
  ].flatMap((words) => words.split(' '))

type Line = Record<string, unknown> & { kind: string; step: number; epoch: number }
const place = (run: string, ...path: string[]) => join(folder.path, run, ...path)
const log = async (run: string) => (await readFile(place(run, 'events.jsonl'), 'utf8')).split('\n')
const weights = (run: string) => readFile(place(run, 'model', 'weights.safetensors'))

/** Checkpoints are a second apart, and eight of the ten attempts may get to one, if not at full pace. */
const SECONDS = 6

async function stepsThatLast(): Promise<number> {
  const { process: child, seen, ended } = betavae('train', ...recipe(1_000_000), '--out', 'pace')
  await seen('epoch')
  await sleep(1000)
  child.kill('SIGKILL')
  await ended
  const epochs = (await log('pace')).slice(0, -1).map((line) => JSON.parse(line) as Line)
  const paces = epochs.flatMap(({ kind, examplesPerSecond }) =>
    kind === 'epoch' ? [Number(examplesPerSecond)] : [],
  )
  return Math.ceil((Math.max(...paces) / 32) * SECONDS)
}

/** When to kill a process: while it trains, while it writes a checkpoint, or some time after it has written one. */
const moments = {
  training: { after: 'epoch', within: 700 },
  writing: { after: '.partial', within: 4 },
  written: { after: 'last.safetensors', within: 600 },
} as const
type Moment = keyof typeof moments

const ten: readonly Moment[] = [
  ...(['training', 'written', 'writing', 'written', 'writing'] as const),
  ...(['written', 'training', 'writing', 'written', 'writing'] as const),
]
const delays = fillUniform(new Float32Array(ten.length), { seed: 0, stream: streams.shuffle, step: 0 })

/** Resolves when there is such a place. */
async function appeared(path: string, child: ChildProcess): Promise<void> {
  while (!existsSync(path) && child.exitCode === null) await sleep(1)
}

/** Resolves when a file of the folder is touched whose name ends so. */
async function touched(path: string, ending: string, child: ChildProcess): Promise<void> {
  await appeared(path, child)
  let watcher: FSWatcher | undefined
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    watcher = watch(path, (_, name) => {
      if (name?.endsWith(ending)) resolve()
    })
  })
  watcher?.close()
}

/** Kills a process that trains; gives the signal that ended it, if one did, and what it had said. */
async function kill({ process: child, seen, ended }: Started, moment: Moment, delay: number) {
  const { after, within } = moments[moment]
  const reached = after === 'epoch' ? seen('epoch') : touched(place('killed', 'checkpoints'), after, child)
  await Promise.race([reached, ended])
  // A timer waits for a millisecond at least, in which a small file is written.
  if (delay * within >= 1) await sleep(delay * within)
  child.kill('SIGKILL')
  const { err } = await ended
  return { signal: child.signalCode, err }
}

/** Kills a process that goes on to the end, when it begins to write its model. */
async function killAtModel({ process: child, ended }: Started): Promise<void> {
  await appeared(place('killed', 'model'), child)
  child.kill('SIGKILL')
  await ended
}

/** Where the attempts started. */
const starts = (lines: readonly Line[]) =>
  lines.filter(({ kind }) => kind === 'start').map(({ step }) => step)

/** A log without what depends on the clock, and on how often the run began. */
const deeds = (lines: readonly Line[]) =>
  lines
    .filter(({ kind }) => kind === 'step' || kind === 'epoch' || kind === 'warning')
    .map(({ examplesPerSecond, ...deed }) => deed)

const resume = ['resume', 'killed', '--no-report']

test('a run killed at ten moments and resumed each time has the bits of one that was left alone', async () => {
  const steps = await stepsThatLast()
  const whole = betavae('train', ...recipe(steps), '--out', 'whole')
  for (const [i, moment] of ten.entries()) {
    const words = i === 0 ? ['train', ...recipe(steps), '--out', 'killed'] : resume
    const { signal, err } = await kill(betavae(...words), moment, delays[i])
    expect([i, moment, signal, err]).toEqual([i, moment, 'SIGKILL', expect.stringContaining('epoch')])
  }
  await killAtModel(betavae(...resume))
  expect((await betavae(...resume).ended).code).toBe(0)
  expect((await whole.ended).code).toBe(0)

  expect(await weights('killed')).toEqual(await weights('whole'))
  expect(await readdir(place('killed'), { recursive: true })).toEqual(
    await readdir(place('whole'), { recursive: true }),
  )
  const [lines, wanted] = [await log('killed'), await log('whole')].map((texts) => {
    expect(texts.pop()).toBe('')
    return texts.map((text) => JSON.parse(text) as Line)
  })
  expect(deeds(lines)).toEqual(deeds(wanted))
  expect(lines.at(-1)).toMatchObject({ kind: 'end', reason: 'finished', step: steps })
  // Each attempt that was killed after its checkpoint let the next one start further on.
  expect(new Set(starts(lines)).size).toBeGreaterThan(ten.filter((moment) => moment === 'written').length)
}, 240_000)
