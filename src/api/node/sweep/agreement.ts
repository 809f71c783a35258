import { join } from 'node:path'
import type { NDArray } from '../../../base/arrays.ts'
import { exampleReader, type Rows } from '../../../data/examples.ts'
import { partsOf } from '../../../recipe/bring.ts'
import { spreadRows } from '../../../report/spread-rows.ts'
import { udr } from '../../../statistics/metrics/udr.ts'
import type { Agreement } from '../../../sweep/frontier.ts'
import type { SweepDirectory } from '../../../sweep/node/store.ts'
import { membersOf } from '../../../sweep/plan.ts'
import type { MemberScore } from '../../../sweep/score.ts'
import { openRunModel } from '../opened-run.ts'

/** Held-out examples whose codes are compared. */
const COMPARED = 2000

/**
 * How well members of one β and different seeds agree on the same held-out examples; undefined where none has another to
 * be compared with. Throws the signal's reason.
 */
export async function agreementOf(
  { plan, members }: Pick<SweepDirectory, 'plan' | 'members'>,
  scores: ReadonlyMap<string, MemberScore>,
  rows: Rows,
  signal?: AbortSignal,
): Promise<Agreement | undefined> {
  const groups = plan.betas
    .map((beta) => membersOf(plan).filter((member) => member.beta === beta && scores.has(member.name)))
    .filter((group) => group.length > 1)
  if (groups.length === 0) return undefined
  const indices = spreadRows(rows.indices.length, COMPARED).map((place) => rows.indices[place])
  const { x, condition } = await exampleReader(plan.recipe.data.binarize, plan.seeds[0]).heldOut(
    rows,
    indices,
  )
  const agreed: Record<string, Agreement['members'][string]> = {}
  for (const group of groups) {
    const codes: NDArray[] = []
    for (const { name } of group) {
      using run = await openRunModel(join(members, name), { parts: partsOf(plan.recipe) })
      codes.push((await run.model.encode(x, { condition, signal })).mean)
    }
    const kl = group.map(({ name }) => scores.get(name)?.klPerDimension).filter((each) => each != null)
    const { perModel, informative } = await udr(codes, {
      ...(kl.length === group.length ? { kl } : {}),
      ...(signal ? { signal } : {}),
    })
    group.forEach(({ name }, i) => {
      agreed[name] = { udr: perModel[i], informative: informative[i] }
    })
  }
  return { rows: indices.length, members: agreed }
}
