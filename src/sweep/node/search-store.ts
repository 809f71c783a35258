import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod/mini'
import { jsonText } from '../../base/schema.ts'
import { writeWhole } from '../../runs/node/files.ts'
import { parseJson } from '../../runs/node/store.ts'
import { checkSearch, type SearchPlan } from '../search/plan.ts'
import type { SearchResult } from '../search/ranking.ts'
import { MEMBERS } from './store.ts'

const PLAN = 'search.json'
const RESULTS = 'results.json'

/** A search on disk. */
export interface SearchDirectory {
  readonly path: string
  readonly plan: SearchPlan
  /** Folder of its members, each a run. */
  readonly members: string
  write(name: string, content: string): Promise<void>
  /** What members have come to so far, in the order in which that was known. */
  results(): Promise<readonly SearchResult[]>
  keep(results: readonly SearchResult[]): Promise<void>
}

const resultsSchema = jsonText(
  z.array(
    z.strictObject({
      member: z.string(),
      rung: z.int(),
      step: z.int(),
      measures: z.nullable(z.record(z.string(), z.number())),
      reason: z.optional(z.string()),
    }),
  ),
)

function searchDirectory(path: string, plan: SearchPlan): SearchDirectory {
  const write = (name: string, content: string) => writeWhole(join(path, name), content)
  return {
    ...{ path, plan, write, members: join(path, MEMBERS) },
    async results() {
      const text = await readFile(join(path, RESULTS), 'utf8').catch(() => '[]')
      return resultsSchema.parse(text)
    },
    keep: (results) => write(RESULTS, `${JSON.stringify(results, null, 2)}\n`),
  }
}

/** Whether a folder holds a search. */
export const isSearch = (path: string): boolean => existsSync(join(path, PLAN))

/** Makes a new search in an empty folder. */
export async function createSearch(path: string, plan: SearchPlan): Promise<SearchDirectory> {
  const directory = searchDirectory(path, plan)
  await directory.write(PLAN, `${JSON.stringify(plan, null, 2)}\n`)
  return directory
}

/** Opens a search. Errors: `sweep/invalid`, `files/json`. */
export async function openSearch(path: string): Promise<SearchDirectory> {
  const file = join(path, PLAN)
  return searchDirectory(path, checkSearch(parseJson(file, await readFile(file, 'utf8')), file))
}
