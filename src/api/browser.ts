import { fail } from '../base/errors.ts'
import type { Part } from '../base/parts.ts'
import { fileNameOf } from '../data/file-name.ts'
import { inFile } from '../data/in-file.ts'
import { sources } from '../data/sources/index.ts'
import type { SourceHost } from '../data/sources/source.ts'
import { openTableBytes } from '../data/tables/open-table-bytes.ts'
import { browserEngines } from '../engine/onnxruntime/engines.ts'
import { readWeights } from '../export/weights.ts'
import type { Trained } from '../recipe/trained.ts'
import { fetchedBytes } from './fetched.ts'
import type { ModelPlatform, OpeningPlatform, Platform, Threads } from './platform.ts'

/** A page has no installed packages; only what is bundled loads by name. */
const bareHost: SourceHost = { packageFolder: async () => undefined }

async function readTrained(place: string, parts?: readonly Part[]): Promise<Trained> {
  const bytes = await fetchedBytes(place)
  return inFile(fileNameOf(place), () => readWeights(bytes, parts))
}

const noThread: Threads = { openModel: refuseThread, openTable: refuseThread }

/** What a page or a worker needs to open models. */
export const browserModels: ModelPlatform = { engines: browserEngines, readTrained, thread: noThread }

/** The same with tables, whose readers a page that has none leaves out. */
export const browserOpening: OpeningPlatform = {
  engines: browserEngines,
  readTrained,
  openTable: async (place) => openTableBytes(place, await fetchedBytes(place)),
  thread: noThread,
}

async function refuseThread(): Promise<never> {
  return fail({
    code: 'open/worker',
    seen: '{ worker: true } in a page',
    wanted: 'Node.js, whose threads find their script by themselves',
    fix: 'open the model in a Web Worker of your own, and leave worker out',
    usage: true,
  })
}

/** A page or a worker. */
export const browserPlatform: Platform = {
  engines: browserEngines,
  openData: async ({ source: name }) => {
    const source = sources.find((candidate) => candidate.name === name)
    return source
      ? source.load(bareHost)
      : fail({
          code: 'data/unknown',
          seen: `data set "${name}"`,
          wanted: `${sources.map((candidate) => candidate.name).join(', ')}, or examples of your own`,
          fix: 'pass { dataset } made with datasetOf() or openBytes()',
          usage: true,
        })
  },
  withoutPasswords: (draft) => draft,
  readModel: async (path) =>
    fail({
      code: 'train/start-missing',
      seen: `training.start "${path}" in a page, which has no runs`,
      wanted: 'a recipe that starts from drawn parameters',
      fix: 'leave training.start out',
      usage: true,
    }),
}
