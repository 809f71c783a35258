import { join } from 'node:path'
import { commandLine } from '../../../base/shell-word.ts'
import { cellLine } from '../../../data/tables/cell-line.ts'
import { searchPage } from '../../../report/search/page.ts'
import type { SearchDirectory } from '../../../sweep/node/search-store.ts'
import type { Ranking } from '../../../sweep/search/ranking.ts'
import { rankingRecords } from '../../../sweep/search/table.ts'
import { openRecipeEngine } from '../../platform.ts'
import { environmentOf } from '../environment.ts'
import { nodePlatform } from '../platform.ts'

/** Writes `ranking.json`, `results.csv` and `report.html` of a search; gives the page's path. */
export async function writeRanking(directory: SearchDirectory, ranking: Ranking): Promise<string> {
  const { path, plan } = directory
  await directory.write('ranking.json', `${JSON.stringify(ranking, null, 2)}\n`)
  await directory.write('results.csv', csvOf(ranking))
  const [{ recipe }] = plan.members
  const [best] = ranking.members
  const page = searchPage({
    plan,
    ranking,
    command: `npx ${commandLine('train', join(directory.members, best.name, 'recipe.json'))}`,
    environment: environmentOf(await openRecipeEngine(nodePlatform, recipe)),
  })
  await directory.write('report.html', page)
  return join(path, 'report.html')
}

function csvOf(ranking: Ranking): string {
  const { columns, rows } = rankingRecords(ranking)
  return [columns, ...rows].map((cells) => `${cellLine(cells)}\n`).join('')
}
