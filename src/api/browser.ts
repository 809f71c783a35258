import { fail } from '../base/errors.ts'
import { sources } from '../data/sources/index.ts'
import type { SourceHost } from '../data/sources/source.ts'
import { browserEngines } from '../engine/onnxruntime/engines.ts'
import type { Platform } from './platform.ts'

/** A page has no installed packages; only what is bundled loads by name. */
const bareHost: SourceHost = { packageFolder: async () => undefined }

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
  readModel: async (path) =>
    fail({
      code: 'train/start-missing',
      seen: `training.start "${path}" in a page, which has no runs`,
      wanted: 'a recipe that starts from drawn parameters',
      fix: 'leave training.start out',
      usage: true,
    }),
}
