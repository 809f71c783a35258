/** Data and runs of every kind, in a folder of their own, for tests that try advice out. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { encode } from 'fast-png'
import { expect } from 'vitest'
import { inProcess } from '../../src/apps/cli/running.testing.ts'
import { ndarray } from '../../src/base/arrays.ts'
import { fillNormal } from '../../src/base/random.ts'
import { writeNpy } from '../../src/data/formats/npy.ts'

export const SMALL = ['--latent', '2', '--hidden', '8', '--steps', '4', '--threads', '1', '--no-report']
const noise = fillNormal(new Float32Array(1000), { seed: 5, stream: 1007, step: 0 })
const rows = Array.from({ length: 120 }, (_, row) => row)
const value = (at: number): string => noise[at].toFixed(2)

/** A PNG file with a bar. */
export function picture(channels: 1 | 3, at: number, width = 8, height = 8): Uint8Array {
  const data = new Uint8Array(width * height * channels)
  for (let row = 0; row < height; row++) data[(row * width + (at % width)) * channels] = 255
  return encode({ width, height, channels, data })
}

export async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** A table of mixed kinds with gaps, and a column of labels; one of numbers alone; an array; folders of images. */
export async function putData(): Promise<void> {
  const kinds = ['fern', 'moss', 'reed']
  const mixed = rows.map(
    (i) =>
      `${value(i)},${i % 9 === 4 ? '' : value(i + 200)},${kinds[i % 3]},${i % 2},2024-0${(i % 9) + 1}-1${i % 8}`,
  )
  const table = (lines: readonly string[]) => `a,b,kind,odd,day\n${lines.join('\n')}\n`
  await put('mixed.csv', table(mixed))
  await put('tables/one.csv', table(mixed.slice(0, 20)))
  await put('tables/two.csv', table(mixed.slice(20, 40)))
  await put(
    'numbers.csv',
    `a,b,label\n${rows.map((i) => `${value(i)},${value(i + 300)},${i % 3}`).join('\n')}\n`,
  )
  await put('array.npy', writeNpy(ndarray(noise.slice(0, 600), [100, 6])))
  for (let i = 0; i < 24; i++) {
    await put(`gray/${i}.png`, picture(1, i))
    await put(`color/${i % 2 ? 'red' : 'blue'}/${i}.png`, picture(3, i))
  }
}

/** Trains small; the run is then where `--out` says. */
export async function trained(...words: string[]): Promise<string> {
  const { code, err } = await inProcess(
    'train',
    ...words,
    ...SMALL.filter((_, at) => at > 1 || !words.includes('conv')),
  )
  expect(code, err).toBe(0)
  return err
}
