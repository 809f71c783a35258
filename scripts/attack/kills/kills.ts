import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dice } from '../../../src/data/tables/readers/dice.testing.ts'
import { type Attack, faultText, type Row } from '../attack.ts'
import { BUILT, type Program, programOf } from './program.ts'
import { stage } from './stage.ts'
import { type Subject, subjects } from './subjects.ts'
import { differences, leftIn } from './whole.ts'

/** The most kills before a command is let go on to its end. */
const IN_A_ROW = 6

/** A subject on its stage: where it stands, how long it takes, and what it leaves when nobody kills it. */
export interface Scene {
  readonly subject: Subject
  readonly program: Program
  readonly stage: string
  readonly milliseconds: number
  readonly calls: number
  readonly wanted: Readonly<Record<string, string>>
}

/** When to kill: so long after the start, or at which of its changes to files. */
export type Moment = { readonly after: number } | { readonly call: number }

const NEVER: Moment = { call: Number.POSITIVE_INFINITY }

const words = ({ words, run }: Subject, folder: string): string[] =>
  run !== undefined && existsSync(join(folder, run, 'recipe.json'))
    ? ['resume', run, '--no-report']
    : words.split(' ')

/** Its temporary files lie in a folder of their own, so that litter there shows; what V8 compiles does not. */
const variablesFor = (folder: string, stage: string) => ({
  TMPDIR: join(folder, 'tmp'),
  NODE_COMPILE_CACHE: join(stage, 'compiled'),
})

async function freshFolder(place: string): Promise<string> {
  const folder = await mkdtemp(join(place, 'attempt-'))
  await mkdir(join(folder, 'tmp'))
  return folder
}

/** Runs a subject to its end, so often that the last time is as fast as later ones. */
export async function sceneOf(subject: Subject, program: Program, place: string, times = 2): Promise<Scene> {
  const counted = join(place, 'calls')
  let began = 0
  let folder = ''
  for (let time = 0; time < times; time++) {
    folder = await freshFolder(place)
    began = performance.now()
    const started = program(folder, words(subject, folder), {
      ...variablesFor(folder, place),
      BETAVAE_CRASH_COUNT: counted,
    })
    const { code, text } = await started.ended
    if (code !== 0) throw new Error(text)
  }
  return {
    ...{ subject, program, stage: place },
    milliseconds: performance.now() - began,
    calls: Number(await readFile(counted, 'utf8')),
    wanted: await leftIn(folder),
  }
}

/** Runs a command that is killed at a moment, if it lasts so long; false where it had ended. */
async function killed(scene: Scene, folder: string, moment: Moment): Promise<boolean> {
  const { subject, program, stage } = scene
  const { process: child, ended } = program(folder, words(subject, folder), {
    ...variablesFor(folder, stage),
    ...('call' in moment ? { BETAVAE_CRASH_AT: String(moment.call) } : {}),
  })
  if ('after' in moment) {
    await Promise.race([sleep(moment.after), ended])
    child.kill('SIGKILL')
  }
  const { code, signal, text } = await ended
  if (signal === null && code !== 0) throw new Error(`after a kill: exit code ${code}: ${text.slice(-600)}`)
  return signal === 'SIGKILL'
}

/** Kills a command a few times, lets it end, and says what is wrong with what it left. */
export async function round(
  scene: Scene,
  moments: readonly Moment[],
): Promise<{ kills: number; faults: string[] }> {
  const folder = await freshFolder(scene.stage)
  let kills = 0
  try {
    for (const moment of moments) {
      if (!(await killed(scene, folder, moment))) break
      kills++
    }
    if (kills === moments.length) await killed(scene, folder, NEVER)
    return { kills, faults: differences(await leftIn(folder), scene.wanted) }
  } catch (error) {
    return { kills, faults: [(error as Error).message] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Changes at a run's beginning and end, of each of which a run has few: its folder, recipe, model. */
const EDGE = 40

/** A third by the clock, a third at any change to a file, a third at one of the first or last. */
function momentIn({ milliseconds, calls }: Scene, roll: (below: number) => number): Moment {
  const kind = roll(3)
  if (kind === 0) return { after: (roll(1000) / 1000) * milliseconds }
  if (kind === 1 || calls <= 2 * EDGE) return { call: 1 + roll(calls) }
  return { call: 1 + roll(EDGE) + (roll(2) === 0 ? 0 : calls - EDGE) }
}

/** Kills a subject so often at moments spread over its life. */
export async function killOften(
  subject: Subject,
  program: Program,
  times: number,
  tell: (line: string) => void,
): Promise<Row & { readonly faults: string }> {
  const place = await mkdtemp(join(tmpdir(), 'betavae-kills-'))
  try {
    await stage(join(place, 'data'), program)
    const scene = await sceneOf(subject, program, place)
    const roll = dice(2463534242)
    const faults: string[] = []
    let kills = 0
    let rounds = 0
    for (; kills < times; rounds++) {
      const moments = Array.from({ length: Math.min(1 + roll(IN_A_ROW), times - kills) }, () =>
        momentIn(scene, roll),
      )
      const { kills: more, faults: wrong } = await round(scene, moments)
      kills += more
      faults.push(...wrong)
      if (wrong.length > 0 || rounds % 10 === 0)
        tell(`${kills} kills ${JSON.stringify(moments)} ${wrong.join('; ')}`)
    }
    return {
      kills,
      'runs that were let end': rounds,
      'seconds of a whole run': (scene.milliseconds / 1000).toFixed(1),
      'changes to files': scene.calls,
      faults: faultText(faults),
    }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

export const kills: Attack = {
  name: 'kills',
  title: 'Kills',
  about:
    'Each command is ended by SIGKILL one to six times, a third of them at a random moment of its life and the others at one of the changes that it makes to files (in the middle, where that is a write), each time gone on with, and at last let end. What it leaves, hidden files and the folder for temporary ones included, must be what a run leaves that nobody killed: the same tensors to the bit, the same tables, graphs and JSON, logs that say the same, every file whole and no other file.',
  subjects: subjects.map(({ name }) => name),
  times: 112,
  run(name, times, tell) {
    const subject = subjects.find((one) => one.name === name)
    if (!subject) throw new Error(name)
    return killOften(subject, programOf(BUILT), times, tell)
  },
}
