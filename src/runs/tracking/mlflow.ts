/** A run as MLflow's file store has it: a folder with a file for each metric, parameter and tag. */
import type { Recipe } from '../../recipe/recipe.ts'
import type { LoggedEvent } from '../journal.ts'
import { scalarsOf } from './scalars.ts'

/** What a run is called there, and when it began and ended, in milliseconds. */
interface RunOnRecord {
  readonly id: string
  readonly name: string
  readonly began: number
  readonly ended: number
}

/** The experiment that is there in every store. */
const EXPERIMENT = '0'
/** Numbers that MLflow gives to how a run stands. */
const STATUS = { finished: 3, failed: 4 }
/** Longer values of parameters it refuses to read. */
const LONGEST = 6000

const yaml = (fields: Readonly<Record<string, unknown>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('')

/** What of a recipe is a value, by its path: `model.latent.size`. */
function parametersIn(path: string, value: unknown): (readonly [name: string, value: string])[] {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object') return [[path, String(value).slice(0, LONGEST)]]
  return Object.entries(value).flatMap(([name, own]) =>
    parametersIn(path === '' ? name : `${path}.${name}`, own),
  )
}

/** Files of a store by their paths in it; `place` is the URL of the store. The log keeps no times: metrics have that of the beginning. */
export function mlflowFiles(
  recipe: Recipe,
  events: readonly LoggedEvent[],
  { id, name, began, ended }: RunOnRecord,
  place: string,
): Record<string, string> {
  const end = events.findLast((event) => event.kind === 'end')
  const { table: _, ...data } = recipe.data
  const metrics = new Map<string, string>()
  for (const { name, step, value } of scalarsOf(events))
    metrics.set(name, `${metrics.get(name) ?? ''}${began} ${value} ${step}\n`)
  const run = `${EXPERIMENT}/${id}`
  return {
    [`${EXPERIMENT}/meta.yaml`]: yaml({
      artifact_location: `${place}/${EXPERIMENT}`,
      creation_time: began,
      experiment_id: EXPERIMENT,
      last_update_time: began,
      lifecycle_stage: 'active',
      name: 'Default',
    }),
    [`${run}/meta.yaml`]: yaml({
      artifact_uri: `${place}/${run}/artifacts`,
      end_time: ended,
      entry_point_name: '',
      experiment_id: EXPERIMENT,
      lifecycle_stage: 'active',
      run_id: id,
      run_name: name,
      run_uuid: id,
      source_name: 'betavae',
      source_type: 4,
      source_version: '',
      start_time: began,
      status: end && end.reason !== 'interrupted' ? STATUS.finished : STATUS.failed,
      tags: [],
      user_id: '',
    }),
    [`${run}/tags/mlflow.runName`]: name,
    [`${run}/artifacts/recipe.json`]: `${JSON.stringify(recipe, null, 2)}\n`,
    ...Object.fromEntries(
      parametersIn('', { ...recipe, data }).map(([name, value]) => [`${run}/params/${name}`, value]),
    ),
    ...Object.fromEntries([...metrics].map(([name, lines]) => [`${run}/metrics/${name}`, lines])),
  }
}
