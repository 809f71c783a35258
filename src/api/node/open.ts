import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { fail } from '../../base/errors.ts'
import type { Part } from '../../base/parts.ts'
import { fileNameOf } from '../../data/file-name.ts'
import { inFile } from '../../data/in-file.ts'
import { readBytes } from '../../data/node/disk.ts'
import { openTable } from '../../data/tables/node/open-table.ts'
import { openTableBytes } from '../../data/tables/open-table-bytes.ts'
import { nodeEngines } from '../../engine/onnxruntime/node/engines.ts'
import { readWeights } from '../../export/weights.ts'
import type { Trained } from '../../recipe/trained.ts'
import { fetchedBytes, isAddress } from '../fetched.ts'
import type { OpeningPlatform } from '../platform.ts'
import { trainedFrom } from './opened-run.ts'
import { openRunWith } from './parts.ts'
import { modelThreads } from './thread/model-threads.ts'

/** Node.js opens models of runs and of files, by path or address, here or in threads. */
export const nodeOpening: OpeningPlatform = {
  engines: nodeEngines,
  async readTrained(place, parts) {
    if (isAddress(place)) return readNamed(place, await fetchedBytes(place), parts)
    const path = pathOf(place)
    const found = await stat(path).catch(() => undefined)
    if (!found) return nothingAt(path)
    return found.isDirectory()
      ? trainedFrom(await openRunWith(path, { parts }))
      : readNamed(path, await readBytes(path), parts)
  },
  openTable: async (place) =>
    isAddress(place) ? openTableBytes(place, await fetchedBytes(place)) : openTable(pathOf(place)),
  thread: modelThreads,
}

const pathOf = (place: string): string => (place.startsWith('file:') ? fileURLToPath(place) : place)

const readNamed = (place: string, bytes: Uint8Array, parts?: readonly Part[]): Trained =>
  inFile(fileNameOf(place), () => readWeights(bytes, parts))

function nothingAt(path: string): never {
  return fail({
    code: 'open/missing',
    seen: `no file and no run "${path}"`,
    wanted: 'the folder of a run, or a weights.safetensors',
    fix: 'check the path; runs are in the folder runs',
    usage: true,
  })
}
