import { arch, cpus, platform } from 'node:os'
import { join } from 'node:path'
import { takeRows } from '../../base/arrays.ts'
import { exampleReader, type Rows } from '../../data/examples.ts'
import { version } from '../../export/version.ts'
import { buildReport } from '../../report/report.ts'
import { type EvaluateOptions, evaluateOpened, openRunModel, type SplitName } from './trained-run.ts'

/** Examples that a report looks at for its pictures. */
const SHOWN = 2000

/** Writes `report.html` of a run from its model, its log and the examples it held out; gives the page's path. */
export async function writeReport(
  path: string,
  options: Pick<EvaluateOptions, 'metrics' | 'signal'> = {},
): Promise<string> {
  const { signal } = options
  using run = await openRunModel(path)
  const evaluation = await evaluateOpened(run, options)
  const rows = (await run.parts())[evaluation.split as SplitName]
  const { recipe } = run.trained
  const page = await buildReport(
    {
      trained: run.trained,
      model: run.model,
      events: await run.directory.events(),
      evaluation,
      heldOut: await shown(rows, exampleReader(recipe.data.binarize, recipe.training.seed)),
      command: `npx betavae train ${join(path, 'recipe.json')}`,
      environment: {
        versions: { betavae: version, node: process.versions.node, engine: run.engine.description },
        date: new Date().toISOString().slice(0, 10),
        machine: `${cpus()[0]?.model ?? arch()}, ${cpus().length} cores, ${platform()}`,
      },
    },
    signal ? { signal } : {},
  )
  await run.directory.write('report.html', page)
  return join(path, 'report.html')
}

async function shown(rows: Rows, reader: ReturnType<typeof exampleReader>) {
  const indices = rows.indices.subarray(0, SHOWN)
  const { labels } = rows.dataset
  return {
    rows: await reader.heldOut(rows, indices),
    ...(labels ? { labels: takeRows({ data: labels, shape: [labels.length] }, indices).data } : {}),
  }
}
