import { isAbsolute, relative } from 'node:path'
import {
  commandLine,
  type Diagnosis,
  mendingCommand,
  mendingWords,
  type RunOnDisk,
  sources,
} from '../../../inside.node.ts'
import type { Example } from '../examples.ts'
import { isImage } from '../model/sheet.ts'

/** What is known of a run besides what it says itself. */
interface Ended {
  /** Whether its report is written. */
  readonly hasPage: boolean
  /** Whether codes are drawn, so that there is a likelihood to estimate. */
  readonly isStochastic: boolean
  /** What its log says about it. */
  readonly diagnosis?: Diagnosis
}

/** What fits what was trained, most wanted first; each can be run as it stands. */
export function nextSteps(
  { directory, trained }: RunOnDisk,
  { hasPage, isStochastic, diagnosis }: Ended,
): Example[] {
  const { path, recipe } = directory
  const report: Example[] = hasPage ? [] : [[commandLine('report', path), 'a page with curves and pictures']]
  const steps = recipe.data.table ? tableSteps(directory) : exampleSteps(path, trained, isStochastic)
  return [...mendingSteps(path, diagnosis), ...steps, ...report]
}

/** Of a model that is not well the training that mends it, before anything is asked of it. */
function mendingSteps(path: string, diagnosis: Diagnosis | undefined): Example[] {
  const [worst] = diagnosis?.healthy === false ? diagnosis.findings : []
  return worst?.mend ? [[mendingCommand(path, worst.mend), `to mend it: ${mendingWords(worst)}`]] : []
}

function tableSteps({ path, recipe: { data } }: RunOnDisk['directory']): Example[] {
  const { source, table, query, windows } = data
  // What was read by a query, or piped in, has no name to be given again.
  const given = query === undefined ? fromHere(source) : undefined
  const hasGaps = table?.columns.some(({ missing }) => missing > 0) ?? false
  return [
    ...(given === undefined
      ? []
      : ([
          [
            commandLine('score', path, given, '--top', '10'),
            'the rows that fit least, and the cells that make them so',
          ],
          ...(hasGaps
            ? [[commandLine('impute', given, '--run', path, '--out', 'filled.csv'), 'gaps filled'] as const]
            : []),
        ] as const)),
    // New rows in an order are not made yet.
    ...(windows
      ? []
      : ([
          [
            commandLine('synthesize', path, '--rows', '1000', '--out', 'new.csv'),
            'new rows, and how like they are',
          ],
        ] as const)),
    [commandLine('evaluate', path), 'what it is worth on held-out rows'],
  ]
}

/** A place as it is written where one stands, if that is shorter; a recipe has it whole. */
export function fromHere(source: string): string {
  if (!isAbsolute(source)) return source
  const near = relative('.', source)
  if (near === '' || near.length >= source.length) return source
  // What is called like a data set that comes with the package, or begins like an option, is none.
  return near.startsWith('-') || sources.some(({ name }) => name === near) ? `./${near}` : near
}

function exampleSteps(path: string, trained: RunOnDisk['trained'], isStochastic: boolean): Example[] {
  const ending = isImage(trained) ? 'png' : 'csv'
  return [
    [
      commandLine('evaluate', path, ...(isStochastic ? ['--nll', '100'] : [])),
      'what it is worth on held-out data',
    ],
    [commandLine('traverse', path, '--out', `traverse.${ending}`), 'what each code dimension does'],
    [commandLine('sample', path, '--out', `samples.${ending}`), 'new examples'],
  ]
}
