/** Finds the mutants of a folder before any is tried, so that the code of those that are not drawn stays as it is. */
import { globSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import type { Folder } from './folders.ts'
import { isDrawn, type Sample } from './sample.ts'
import { wordsFor } from './words.ts'

type Logger = ConstructorParameters<typeof Instrumenter>[0]

const silent = new Proxy({}, { get: () => () => false }) as Logger

const NO_CODE = /\.(test|testing|packed)\.ts$/

const sourcesOf = ({ mutate }: Folder): string[] =>
  globSync(mutate as string[])
    .filter((name) => name.endsWith('.ts') && !NO_CODE.test(name))
    .sort()

interface MutantList {
  readonly count: number
  /** How many of them are in the sample. */
  readonly drawn: number
  /** Where those stand, as Stryker's `mutate` has it. */
  readonly places: string[]
}

/** How many mutants there are, and those of a sample. */
export async function listMutants(folder: Folder, sample: Sample): Promise<MutantList> {
  const files = sourcesOf(folder).map((name) => ({
    name: resolve(name),
    content: readFileSync(name, 'utf8'),
    mutate: true,
  }))
  const { mutants } = await new Instrumenter(silent).instrument(files, {
    ignorers: [{ shouldIgnore: wordsFor as never }],
    excludedMutations: [],
    plugins: null,
  })
  const all = mutants.filter(({ status }) => status !== 'Ignored')
  const drawn = all.filter((mutant) => isDrawn(mutant, sample))
  const places = drawn.map(({ fileName, location: { start, end } }) => {
    const file = relative('.', fileName)
    return `${file}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`
  })
  return { count: all.length, drawn: drawn.length, places: [...new Set(places)] }
}
