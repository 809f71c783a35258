import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { largeBytes } from './large-bytes.ts'

/** How often a file is open in this process. */
async function openings(path: string): Promise<number> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
  return (await Promise.all(links)).filter((link) => link === path).length
}

test.runIf(process.platform === 'linux')(
  'a packed file that finds no room to be unpacked is closed again',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'betavae-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'packed.gz')
    // Noise does not pack, so that much of the file is still to come when the first bytes have been read.
    const noise = Uint8Array.from({ length: 4e6 }, (_, i) => Math.imul(i ^ (i >>> 7), 2_654_435_761) >>> 24)
    await writeFile(path, gzipSync(noise))
    const layout = {
      shape: [2 ** 50],
      start: 0,
      width: 1,
      isColumnMajor: false,
      decode: (bytes: Uint8Array) => bytes,
    }
    await expect(largeBytes(path, 1000, () => layout)).rejects.toMatchObject({ code: 'table/no-room' })
    await expect.poll(() => openings(path)).toBe(0)
  },
)
