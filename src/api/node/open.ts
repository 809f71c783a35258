import type { Model } from '../../infer/model.ts'
import { type ModelSource, type OpenModelOptions, openOn } from '../open.ts'
import { trainedFrom } from './opened-run.ts'
import { openRunWith } from './parts.ts'
import { nodePlatform } from './platform.ts'

const openModel = openOn(nodePlatform)

/** Makes a trained model usable, also that of a run on disk, by its path. Errors: those of `Open`, `runs/…`. */
export async function open(source: string | ModelSource, options: OpenModelOptions = {}): Promise<Model> {
  return openModel(
    typeof source === 'string' ? await trainedFrom(await openRunWith(source, options)) : source,
    options,
  )
}
