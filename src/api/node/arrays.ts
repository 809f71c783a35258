import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { readCsv } from '../../data/formats/csv.ts'
import { isNpy, readNpy } from '../../data/formats/npy.ts'
import { readBytes } from '../../data/node/disk.ts'

/**
 * Reads one array of numbers from a `.npy` file, or a table [rows, columns] from a `.csv`, a column `label` last.
 *
 * Errors: `arrays/file`, `arrays/kind`, those of `readNpy` and `readCsv`.
 */
export async function readArray(path: string): Promise<NDArray> {
  const bytes = await readBytes(path).catch((cause: unknown) =>
    fail({
      code: 'arrays/file',
      seen: `no readable file "${path}"`,
      wanted: 'a .npy or .csv file',
      fix: 'check the path',
      usage: true,
      cause,
    }),
  )
  if (isNpy(bytes)) return readNpy(bytes)
  if (path.toLowerCase().endsWith('.csv')) return tableOf(bytes)
  return fail({
    code: 'arrays/kind',
    seen: `"${path}", which is no .npy file`,
    wanted: 'a .npy or .csv file',
    fix: 'save the array with numpy.save',
    usage: true,
  })
}

function tableOf(bytes: Uint8Array): NDArray {
  const { rows, labels } = readCsv(bytes)
  if (!labels) return rows
  const [count, width] = rows.shape
  const data = new Float64Array(count * (width + 1))
  for (let row = 0; row < count; row++) {
    data.set(rows.data.subarray(row * width, (row + 1) * width), row * (width + 1))
    data[row * (width + 1) + width] = labels[row]
  }
  return { data, shape: [count, width + 1] }
}
