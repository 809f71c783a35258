import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { type Dataset, type DatasetAbout, datasetOf } from '../../dataset.ts'
import { storedFile } from '../../node/stored-file.ts'
import { withReadAhead } from '../../read-ahead.ts'
import type { TableLayout } from '../layout.ts'
import { packedRows } from '../packed-rows.ts'
import { heldRows, type OpenRowStore, type RowStore } from '../row-store.ts'
import { inRoom, largeFile } from './large-files.ts'

/** Bytes of encoded rows that are held while more of them come, when what reads them needs memory, too. */
const HELD_MEANWHILE = 2 ** 26
/** Rows that are taken back at once. */
const AT_ONCE = 4096

interface RowsOnDisk extends RowStore {
  /** All rows, taken back into memory. */
  held(about: DatasetAbout): Dataset
}

/** Rows in a file that is gone when this process, or thread of it, ends. */
function rowsOnDisk(layout: TableLayout): RowsOnDisk {
  const { width } = layout
  const packed = packedRows(layout)
  const { path, remove } = largeFile()
  const file = inRoom(() => openSync(path, 'wx+', 0o600))
  let count = 0
  const abandon = () => {
    closeSync(file)
    remove()
  }
  return {
    add(rows) {
      const bytes = packed.pack(rows)
      inRoom(() => {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      })
      count += rows.length / width
    },
    async dataset(about) {
      closeSync(file)
      const stored = await storedFile(path)
      const records = { start: 0, width: packed.bytes }
      return withReadAhead({
        defaults: {},
        ...about,
        count,
        exampleShape: [width],
        dtype: 'float32',
        async read(indices) {
          const data = packed.unpack(await stored.records(records, indices))
          return { data, shape: [indices.length, width] }
        },
      })
    },
    held(about) {
      const data = new Float32Array(count * width)
      for (let row = 0; row < count; row += AT_ONCE) {
        const bytes = new Uint8Array(Math.min(AT_ONCE, count - row) * packed.bytes)
        for (let at = 0; at < bytes.length; )
          at += readSync(file, bytes, { offset: at, position: row * packed.bytes + at })
        data.set(packed.unpack(bytes), row * width)
      }
      abandon()
      return datasetOf({ data, shape: [count, width] }, about)
    },
    abandon,
  }
}

/** Rows in memory up to so many bytes, and of a larger table all in a file. */
export const storedRows =
  (memory: number): OpenRowStore =>
  (layout) => {
    const parts: Float32Array[] = []
    let bytes = 0
    let store: RowsOnDisk | undefined
    const spill = () => {
      try {
        store = rowsOnDisk(layout)
      } catch (error) {
        // What memory may hold needs no room elsewhere.
        if (bytes > memory) throw error
        return
      }
      for (const part of parts.splice(0)) store.add(part)
    }
    return {
      add(rows) {
        bytes += rows.byteLength
        if (store) return store.add(rows)
        parts.push(rows)
        if (bytes > Math.min(memory, HELD_MEANWHILE)) spill()
      },
      dataset(about) {
        if (store) return bytes > memory ? store.dataset(about) : store.held(about)
        const held = heldRows(layout)
        for (const part of parts) held.add(part)
        return held.dataset(about)
      },
      abandon: () => store?.abandon(),
    }
  }
