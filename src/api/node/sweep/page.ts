import { join } from 'node:path'
import { commandLine } from '../../../base/shell-word.ts'
import { frontierPage } from '../../../report/frontier/page.ts'
import type { Frontier } from '../../../sweep/frontier.ts'
import type { SweepDirectory } from '../../../sweep/node/store.ts'
import { membersOf } from '../../../sweep/plan.ts'
import { openRecipeEngine } from '../../platform.ts'
import { environmentOf } from '../environment.ts'
import { nodePlatform } from '../platform.ts'

/** Writes `frontier.json` and `report.html` of a sweep; gives the page's path. */
export async function writeFrontier(directory: SweepDirectory, frontier: Frontier): Promise<string> {
  const { path, plan, members } = directory
  await directory.write('frontier.json', `${JSON.stringify(frontier, null, 2)}\n`)
  const [first] = membersOf(plan)
  const words = [
    // Its β is left aside, and its seed is the first.
    `npx ${commandLine('sweep', join(members, first.name, 'recipe.json'))}`,
    `--beta ${plan.betas.join(',')}`,
    `--seeds ${plan.seeds.length}`,
    ...(plan.warmStart ? ['--warm-start'] : []),
  ]
  const page = frontierPage({
    plan,
    frontier,
    command: words.join(' '),
    environment: environmentOf(await openRecipeEngine(nodePlatform, plan.recipe)),
  })
  await directory.write('report.html', page)
  return join(path, 'report.html')
}
