/** The short form of `npm run attack -- kills`: commands that are killed at changes to files which were faults, or might be. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { round, sceneOf } from '../../scripts/attack/kills/kills.ts'
import { programOf } from '../../scripts/attack/kills/program.ts'
import { stage } from '../../scripts/attack/kills/stage.ts'
import { subjects } from '../../scripts/attack/kills/subjects.ts'

const program = programOf(join(import.meta.dirname, '..', '..', 'src', 'apps', 'cli', 'main.ts'))

let place: string
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'betavae-kills-'))
  await stage(join(place, 'data'), program)
}, 120_000)
afterAll(() => rm(place, { recursive: true, force: true }))

/** Where a command is killed, of so many changes to files that it makes, before it is let end. */
const moments: Readonly<Record<string, (calls: number) => readonly number[]>> = {
  // Its lock is there; its first file, too, but no run; its log is being written.
  table: () => [3, 9, 60],
  impute: (calls) => [calls - 2],
  export: (calls) => [Math.round(calls / 2)],
}

test.each(Object.keys(moments))(
  '%s, killed and gone on with, leaves what it leaves otherwise',
  async (name) => {
    const subject = subjects.find((one) => one.name === name)
    if (!subject) throw new Error(name)
    const scene = await sceneOf(subject, program, place, 1)
    const calls = moments[name](scene.calls)
    const seen = await round(
      scene,
      calls.map((call) => ({ call })),
    )
    expect(seen).toEqual({ kills: calls.length, faults: [] })
  },
  120_000,
)
