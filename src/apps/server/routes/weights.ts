import { openRunWith, trainedFrom, writeWeights } from '../../../inside.node.ts'
import type { Route } from '../route.ts'

/** The model of a run as safetensors: the finished one, or where it stood at its last checkpoint. */
export const weights: Route = {
  path: 'runs/:id/weights',
  async answer({ catalog, id }) {
    const { path } = await catalog.run(id)
    return {
      bytes: writeWeights(await trainedFrom(await openRunWith(path, {}))),
      type: 'application/octet-stream',
    }
  },
}
