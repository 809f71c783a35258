import { closeSync, openSync, writeSync } from 'node:fs'
import { storedFile } from '../../node/stored-file.ts'
import { withReadAhead } from '../../read-ahead.ts'
import type { TableLayout } from '../layout.ts'
import { packedRows } from '../packed-rows.ts'
import { heldRows, type OpenRowStore, type RowStore } from '../row-store.ts'
import { inRoom, largeFile } from './large-files.ts'

/** Rows in a file that is gone when this process, or thread of it, ends. */
function rowsOnDisk(layout: TableLayout): RowStore {
  const packed = packedRows(layout)
  const { path, remove } = largeFile()
  const file = inRoom(() => openSync(path, 'wx', 0o600))
  let count = 0
  return {
    add(rows) {
      const bytes = packed.pack(rows)
      inRoom(() => {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      })
      count += rows.length / layout.width
    },
    async dataset(about) {
      closeSync(file)
      const stored = await storedFile(path)
      const records = { start: 0, width: packed.bytes }
      return withReadAhead({
        defaults: {},
        ...about,
        count,
        exampleShape: [layout.width],
        dtype: 'float32',
        async read(indices) {
          const data = packed.unpack(await stored.records(records, indices))
          return { data, shape: [indices.length, layout.width] }
        },
      })
    },
    abandon() {
      closeSync(file)
      remove()
    },
  }
}

/** Rows in memory up to so many bytes, and of a larger table all in a file. */
export const storedRows =
  (memory: number): OpenRowStore =>
  (layout) => {
    const parts: Float32Array[] = []
    let bytes = 0
    let store: RowStore | undefined
    const spill = () => {
      store = rowsOnDisk(layout)
      for (const part of parts.splice(0)) store.add(part)
    }
    return {
      add(rows) {
        bytes += rows.byteLength
        if (store) return store.add(rows)
        parts.push(rows)
        if (bytes > memory) spill()
      },
      dataset(about) {
        if (store) return store.dataset(about)
        const held = heldRows(layout)
        for (const part of parts) held.add(part)
        return held.dataset(about)
      },
      abandon: () => store?.abandon(),
    }
  }
