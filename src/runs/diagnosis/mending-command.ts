import { commandLine } from '../../base/shell-word.ts'
import type { TrainingOptions } from './finding.ts'
import { waysIn } from './remedy.ts'

/** The command that trains a run's recipe again with other options, such as those that mend a finding. */
export const mendingCommand = (run: string, options: TrainingOptions): string =>
  commandLine(
    'train',
    `${run}/recipe.json`,
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
  )

/** What the first way to mend a finding is, in words: `charge less for the code`. */
export const mendingWords = ({ remedy }: { readonly remedy: string }): string =>
  waysIn(remedy)[0].split(': --')[0]
