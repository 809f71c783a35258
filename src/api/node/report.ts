import { join } from 'node:path'
import { commandLine } from '../../base/shell-word.ts'
import { exampleReader, type Rows } from '../../data/examples.ts'
import { coloringOf } from '../../report/map/coloring.ts'
import { buildReport } from '../../report/report.ts'
import type { EvaluateOptions, SplitName } from '../evaluate.ts'
import { environmentOf } from './environment.ts'
import { evaluateOpened, type OpenedRun, openRunModel } from './opened-run.ts'
import type { RunOnDisk } from './run.ts'
import { dataOf } from './run-data.ts'

/** Examples that a report looks at for its pictures. */
const SHOWN = 2000

/** @inline */
type ReportOptions = Pick<EvaluateOptions, 'nll' | 'metrics' | 'signal' | 'parts'>

/** Writes `report.html` of a run from its model, its log and the examples it held out; gives the page's path. */
export async function writeReport(path: string, options: ReportOptions = {}): Promise<string> {
  using run = await openRunModel(path, options)
  return await reportOn(run, options)
}

/** The same of a run that has trained in this process, whose data are not read again. */
export async function writeReportAfter(trained: RunOnDisk, options: ReportOptions = {}): Promise<string> {
  using run = await openRunModel(trained.directory.path, { ...options, dataset: dataOf(trained) })
  return await reportOn(run, options)
}

async function reportOn(run: OpenedRun, options: ReportOptions): Promise<string> {
  const { signal } = options
  const { path } = run.directory
  const evaluation = await evaluateOpened(run, options)
  const rows = (await run.splits())[evaluation.split as SplitName]
  const { recipe } = run.trained
  const page = await buildReport(
    {
      trained: run.trained,
      model: run.model,
      events: await run.directory.events(),
      evaluation,
      heldOut: await shownExamples(rows, exampleReader(recipe.data.binarize, recipe.training.seed)),
      place: path,
      command: `npx ${commandLine('train', join(path, 'recipe.json'))}`,
      environment: environmentOf(run.engine),
    },
    signal ? { signal } : {},
  )
  await run.directory.write('report.html', page)
  return join(path, 'report.html')
}

async function shownExamples(rows: Rows, reader: ReturnType<typeof exampleReader>) {
  const indices = rows.indices.subarray(0, SHOWN)
  const coloring = coloringOf(rows.dataset, indices)
  const { x, condition } = await reader.heldOut(rows, indices)
  return {
    rows: x,
    ...(condition && { condition }),
    ...(coloring ? { labels: coloring.values, labeled: coloring.name } : {}),
  }
}
