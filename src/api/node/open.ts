import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { fail } from '../../base/errors.ts'
import type { Part } from '../../base/parts.ts'
import { fileNameOf } from '../../data/file-name.ts'
import { readBytes } from '../../data/node/disk.ts'
import { openTable } from '../../data/tables/node/open-table.ts'
import { openTableBytes } from '../../data/tables/open-table-bytes.ts'
import { nodeEngines } from '../../engine/onnxruntime/node/engines.ts'
import { fetchedBytes, isAddress } from '../fetched.ts'
import type { WeightsFile } from '../found.ts'
import type { OpeningPlatform } from '../platform.ts'
import { trainedFrom } from './opened-run.ts'
import { openRunWith } from './parts.ts'
import { modelThreads } from './thread/model-threads.ts'

/** Node.js opens models of runs and of files, by path or address, here or in threads. */
export const nodeOpening: OpeningPlatform = {
  engines: nodeEngines,
  async find(place, parts) {
    if (isAddress(place)) return fileAt(place, await fetchedBytes(place), parts)
    const path = pathOf(place)
    const found = await stat(path).catch(() => undefined)
    if (!found) return nothingAt(path)
    return found.isDirectory()
      ? trainedFrom(await openRunWith(path, { parts }))
      : fileAt(path, await readBytes(path), parts)
  },
  openTable: async (place) =>
    isAddress(place) ? openTableBytes(place, await fetchedBytes(place)) : openTable(pathOf(place)),
  thread: modelThreads,
}

const pathOf = (place: string): string => (place.startsWith('file:') ? fileURLToPath(place) : place)

const fileAt = (place: string, bytes: Uint8Array, parts: readonly Part[] = []): WeightsFile => ({
  bytes,
  name: fileNameOf(place),
  parts,
})

function nothingAt(path: string): never {
  return fail({
    code: 'open/missing',
    seen: `no file and no run "${path}"`,
    wanted: 'the folder of a run, or a weights.safetensors',
    fix: 'check the path; runs are in the folder runs',
    usage: true,
  })
}
