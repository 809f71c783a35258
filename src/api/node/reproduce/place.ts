import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { fail } from '../../../base/errors.ts'
import { jsonText } from '../../../base/schema.ts'
import { scheduleNames } from '../../../reproduce/reproduction.ts'
import { writeWhole } from '../../../runs/node/files.ts'
import { refuseTaken } from '../../../runs/node/store.ts'

const FILE = 'reproduction.json'

const placeSchema = z.strictObject({
  id: z.string(),
  schedule: z.enum(scheduleNames),
  plan: z.string(),
  threads: z.nullable(z.int().check(z.positive())),
})

/** What a folder is for. */
export type ReproductionPlace = Readonly<z.infer<typeof placeSchema>>

/** Threads of the members: those asked for, or those that the folder's began with; null where nobody said. */
export async function threadsIn(path: string, asked: ReproductionPlace): Promise<number | null> {
  const file = join(path, FILE)
  if (!existsSync(file)) {
    await refuseTaken(path)
    return asked.threads
  }
  const standing = jsonText(placeSchema).safeParse(await readFile(file, 'utf8'))
  const { id, schedule, plan, threads } = standing.data ?? {}
  const isSame = id === asked.id && schedule === asked.schedule && plan === asked.plan
  if (!isSame || threads === undefined)
    return fail({
      code: 'reproduce/other',
      seen: `"${path}" holds ${id === undefined ? 'something else' : `${id}, schedule ${schedule}`}${isSame || id !== asked.id ? '' : ', of another version'}`,
      wanted: `${asked.id}, schedule ${asked.schedule}, as it is now, or a new folder`,
      fix: 'choose another --out',
      usage: true,
    })
  if (asked.threads !== null && asked.threads !== threads)
    return fail({
      code: 'reproduce/threads',
      seen: `--threads ${asked.threads} for "${path}", begun with ${threads ?? 'the usual number'}`,
      wanted: 'the threads that it began with, since sums depend on them',
      fix: 'leave --threads out, or choose another --out',
      usage: true,
    })
  return threads
}

export const writePlace = (path: string, place: ReproductionPlace): Promise<void> =>
  writeWhole(join(path, FILE), `${JSON.stringify(place, null, 2)}\n`)
