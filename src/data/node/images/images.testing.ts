/** Folders of images, for tests. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { encode } from 'fast-png'
import { onTestFinished } from 'vitest'

/** A PNG file of one level in every channel. */
export const plain = (level: number, channels: 1 | 2 | 3 | 4 = 1, width = 4, height = 3): Uint8Array =>
  encode({ width, height, channels, data: new Uint8Array(width * height * channels).fill(level) })

/** A folder with these files, which goes when the test ends. */
export async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-images-'))
  onTestFinished(() => rm(path, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), content)
  }
  return path
}
