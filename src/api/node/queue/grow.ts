/** A sweep on a queue grows while it runs: who wants more members asks, and whoever holds the sweep's lock adds them. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod/mini'
import { writeWhole } from '../../../runs/node/files.ts'
import { parseJson } from '../../../runs/node/store.ts'
import { openSweep, type SweepDirectory } from '../../../sweep/node/store.ts'
import { grownPlan, membersOf, type SweepPlan } from '../../../sweep/plan.ts'
import type { PreparedSweep } from '../sweep/prepare.ts'

const NAME = /^more-[\da-f-]+\.json$/

const requestSchema = z.strictObject({ betas: z.array(z.number()), seeds: z.array(z.int()) })

/** Members that were asked for beside those that a sweep has. */
interface Request {
  readonly members: number
  /** Whether nobody has added them yet. */
  isOpen(): boolean
  withdraw(): Promise<void>
}

/** Asks for the members that a standing sweep does not have yet; undefined where it has all. */
export async function askForMore({ plan, standing }: PreparedSweep): Promise<Request | undefined> {
  if (!standing) return undefined
  const members = membersOf(plan).length - membersOf(standing.plan).length
  if (members === 0) return undefined
  const path = join(standing.path, `more-${randomUUID()}.json`)
  await writeWhole(path, JSON.stringify({ betas: plan.betas, seeds: plan.seeds }))
  return { members, isOpen: () => existsSync(path), withdraw: () => rm(path, { force: true }) }
}

/** Adds what was asked for to a sweep whose lock is held; gives its plan, and whether that has grown. */
export async function grow({ path, replan }: SweepDirectory): Promise<{ plan: SweepPlan; isGrown: boolean }> {
  const requests = (await readdir(path)).filter((name) => NAME.test(name)).map((name) => join(path, name))
  let { plan } = await openSweep(path)
  for (const request of requests)
    plan = grownPlan(plan, requestSchema.parse(parseJson(request, await readFile(request, 'utf8'))))
  if (requests.length > 0) await replan(plan)
  for (const request of requests) await rm(request, { force: true })
  return { plan, isGrown: requests.length > 0 }
}
