import { commandLine } from '../../base/shell-word.ts'
import { fileNameOf } from '../../data/file-name.ts'
import type { ComparedRun } from '../../report/comparison/input.ts'
import { comparisonPage } from '../../report/comparison/page.ts'
import { writeWhole } from '../../runs/node/files.ts'
import type { EvaluateOptions } from '../evaluate.ts'
import { environmentOf } from './environment.ts'
import { evaluateOpened, openRunModel } from './opened-run.ts'

/** @inline */
type ComparisonOptions = Pick<EvaluateOptions, 'nll' | 'signal' | 'parts'>

/** Writes a page about two runs beside each other, each judged on what it held out. */
export async function writeComparison(
  paths: readonly [string, string],
  out: string,
  options: ComparisonOptions = {},
): Promise<void> {
  const [a, b] = [await comparedRun(paths[0], options), await comparedRun(paths[1], options)]
  const { nll } = options
  const command = commandLine(
    'report',
    ...paths,
    '--out',
    out,
    ...(nll === undefined ? [] : ['--nll', String(nll)]),
  )
  await writeWhole(
    out,
    comparisonPage({ runs: [a.run, b.run], command: `npx ${command}`, environment: b.environment }),
  )
}

async function comparedRun(path: string, options: ComparisonOptions) {
  using opened = await openRunModel(path, options)
  const { recipe } = opened.trained
  const run: ComparedRun = {
    ...{ name: path, data: fileNameOf(recipe.data.source), recipe },
    events: await opened.directory.events(),
    evaluation: await evaluateOpened(opened, options),
  }
  return { run, environment: environmentOf(opened.engine) }
}
