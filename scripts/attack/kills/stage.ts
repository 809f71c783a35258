/** What the commands under attack read: small files, and two runs that have ended. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encode } from 'fast-png'
import type { Program } from './program.ts'

const ROWS = 120

function tableText(): string {
  const colors = ['red', 'green', 'blue']
  const lines = Array.from({ length: ROWS }, (_, i) =>
    [
      `r${i}`,
      i % 9 === 0 ? '' : (20 + 10 * Math.sin(i)).toFixed(2),
      i % 7 === 0 ? '' : (3 * Math.cos(1.3 * i) + (i % 5)).toFixed(3),
      i % 11 === 0 ? '' : colors[i % 3],
      `2024-0${1 + (i % 9)}-1${i % 9}`,
    ].join(','),
  )
  return `name,size,weight,color,when\n${lines.join('\n')}\n`
}

const image = (seed: number): Uint8Array =>
  encode({
    width: 8,
    height: 8,
    channels: 1,
    data: Uint8Array.from({ length: 64 }, (_, i) => (i * (seed + 3) * 7) % 256),
  })

/** Files of `data`, in a folder beside those that commands stand in. */
export async function stage(folder: string, program: Program): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true })
  await writeFile(join(folder, 'table.csv'), tableText())
  for (let i = 0; i < 40; i++) await writeFile(join(folder, 'images', `${i}.png`), image(i))
  for (const words of [
    'train table.csv --hidden 8 --threads 1 --epochs 3 --no-report --out table',
    'train digits --latent 2 --hidden 8 --threads 1 --steps 20 --no-report --out digits',
  ]) {
    const { code, text } = await program(folder, words.split(' '), {}).ended
    if (code !== 0) throw new Error(text)
  }
}
