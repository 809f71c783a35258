import { fail } from '../base/errors.ts'
import type { Part } from '../base/parts.ts'
import { fileNameOf } from '../data/file-name.ts'
import { sources } from '../data/sources/index.ts'
import type { SourceHost } from '../data/sources/source.ts'
import { browserEngines } from '../engine/onnxruntime/engines.ts'
import { fetchedBytes } from './fetched.ts'
import type { WeightsFile } from './found.ts'
import type { ModelPlatform, Platform, Threads } from './platform.ts'

/** A page has no installed packages; only what is bundled loads by name. */
const bareHost: SourceHost = { packageFolder: async () => undefined }

const find = async (place: string, parts: readonly Part[] = []): Promise<WeightsFile> => ({
  bytes: await fetchedBytes(place),
  name: fileNameOf(place),
  parts,
})

const noThread: Threads = { openModel: refuseThread, openTable: refuseThread }

/** What a page or a worker needs to open models. */
export const browserModels: ModelPlatform = { engines: browserEngines, find, thread: noThread }

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
