/** Tries mutants of one folder by Stryker. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import type { Folder } from './folders.ts'
import { listMutants } from './list.ts'
import type { Record, Survivor } from './records.ts'
import type { Sample } from './sample.ts'

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

const optionsOf = (mutate: string[], sample: Sample, concurrency: number) => ({
  mutate,
  testRunner: 'vitest',
  plugins: [import.meta.resolve('@stryker-mutator/vitest-runner'), './scripts/mutants/plugins.ts'],
  checkers: ['sample'],
  ignorers: ['words'],
  sample,
  vitest: { configFile: 'scripts/mutants/vitest.config.ts', related: false },
  ignorePatterns: ['dist', 'runs', 'coverage', '.cache', 'docs', 'bench'],
  tempDirName: '.cache/mutants',
  concurrency,
  // Other work on the machine must not look like a loop without end.
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 30,
  coverageAnalysis: 'perTest' as const,
  // Each would take a process of its own and all tests: a change of a table that a module makes when it is loaded.
  ignoreStatic: true,
  reporters: ['progress-append-only'],
  allowConsoleColors: false,
  // It does not know `sample`, which is for our checker.
  warnings: false,
})

function survivorOf({
  fileName,
  location: { start, end },
  mutatorName,
  replacement,
  status,
}: Mutant): Survivor {
  // Places count from one.
  const line = readFileSync(fileName, 'utf8').split('\n')[start.line - 1]
  const isOneLine = start.line === end.line
  return {
    place: `${relative('.', fileName)}:${start.line}:${start.column}`,
    mutator: mutatorName,
    original: isOneLine ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`,
    replacement: String(replacement).replace(/\s+/g, ' '),
    isCovered: status === 'Survived',
  }
}

const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim()

/** Tries the mutants of a sample of one folder, and says what became of them. */
export async function tryFolder(
  name: string,
  folder: Folder,
  sample: Sample,
  concurrency: number,
): Promise<Record> {
  const began = Date.now()
  const commit = git('rev-parse', '--short', 'HEAD')
  // The configuration of the tests asks for it, in a process of its own.
  process.env.BETAVAE_MUTANTS_OF = name
  const { count: all, drawn, places } = await listMutants(folder, sample)
  const mutants = await new Stryker(optionsOf(places, sample, concurrency)).runMutationTest()
  const count = (state: Mutant['status']) => mutants.filter(({ status }) => status === state).length
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  const [killed, timedOut] = [count('Killed'), count('Timeout')]
  return {
    folder: name,
    mutants: all,
    ...sample,
    commit,
    date: new Date().toISOString().slice(0, 10),
    minutes: Math.round((Date.now() - began) / 60_000),
    killed,
    timedOut,
    leftOut: drawn - killed - timedOut - survivors.length,
    survivors: survivors.map(survivorOf),
  }
}
