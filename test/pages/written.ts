/** Every kind of page that commands write, once, of small trainings. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { pumps } from '../../examples/series/pumps.ts'
import { inProcess } from '../../src/apps/cli/running.testing.ts'

const PENGUINS = join(import.meta.dirname, '../../examples/tables/penguins.csv')

/** Heavier penguins, and one with a cell that a spreadsheet would take for a formula. */
export async function writeTables(): Promise<void> {
  const text = await readFile(PENGUINS, 'utf8')
  const [head, ...lines] = text.trimEnd().split('\n')
  const heavier = lines.slice(0, 200).map((line) => {
    const cells = line.split(',')
    if (/^\d/.test(cells[5])) cells[5] = String(Number(cells[5]) + 700)
    return cells.join(',')
  })
  await writeFile('penguins.csv', text)
  await writeFile('pumps.csv', pumps('usual'))
  await writeFile('today.csv', pumps('new'))
  await writeFile('later.csv', `${[head, 'Adelie,=1+1,99,3,-9,9000,@x', ...heavier].join('\n')}\n`)
}

const SHORT = ['--hidden', '16', '--threads', '1', '--no-report']
const RUNS: readonly (readonly string[])[] = [
  ['train', 'digits', ...SHORT, '--epochs', '4', '--latent', '6', '--out', 'images'],
  ['train', 'digits', ...SHORT, '--epochs', '4', '--latent', '6', '--beta', '60', '--out', 'collapsed'],
  ['train', 'digits', ...SHORT, '--steps', '1', '--latent', '2', '--out', 'short'],
  ['train', 'penguins.csv', ...SHORT, '--steps', '150', '--out', 'table'],
  ['train', 'pumps.csv', ...SHORT, '--order', 'time', '--group', 'pump', '--steps', '5', '--out', 'series'],
  [
    'sweep',
    'digits',
    '--hidden',
    '16',
    '--beta',
    '1,4,16',
    '--steps',
    '20',
    '--latent',
    '3',
    '--out',
    'sweep',
  ],
  [
    ...['sweep', 'digits', '--hidden', '16', '--steps', '9', '--over', 'latent=2,3,5', '--over'],
    ...['lr=1e-4..1e-2:log', '--halving', '3', '--rungs', '2', '--out', 'searched'],
  ],
]

/** Files by what they are, and the commands that write them. */
export const pages = {
  'a report of images': { file: 'images/report.html', words: ['report', 'images'] },
  'a report of a collapse': { file: 'collapsed/report.html', words: ['report', 'collapsed'] },
  // Lines of one point each.
  'a report of one step': { file: 'short/report.html', words: ['report', 'short'] },
  'a report of a table': { file: 'table/report.html', words: ['report', 'table'] },
  'a comparison': { file: 'both.html', words: ['report', 'images', 'collapsed', '--out', 'both.html'] },
  'a sweep': { file: 'sweep/report.html', words: [] },
  'a sweep over options': { file: 'searched/report.html', words: [] },
  'unusual rows': {
    file: 'found.html',
    words: ['score', 'table', 'later.csv', '--top', '8', '--html', 'found.html'],
  },
  'odd stretches': {
    file: 'odd.html',
    words: ['score', 'series', 'today.csv', '--html', 'odd.html', '--out', 'scores.csv'],
  },
  drift: { file: 'drift.html', words: ['drift', 'table', 'later.csv', '--html', 'drift.html'] },
  'new rows': {
    file: 'new.html',
    words: ['synthesize', 'table', '--rows', '200', '--out', 'new.csv', '--html', 'new.html'],
  },
  columns: { file: 'columns.html', words: ['inspect', 'penguins.csv', '--html', 'columns.html'] },
  'a map': { file: 'map.html', words: ['map', 'images', '--out', 'map.html'] },
  'an explorer of images': {
    file: 'explorer/explorer.html',
    words: ['export', 'images', '--to', 'html', '--out', 'explorer'],
  },
  'an explorer of a table': {
    file: 'cells/explorer.html',
    words: ['export', 'table', '--to', 'html', '--out', 'cells'],
  },
} as const satisfies Record<string, { readonly file: string; readonly words: readonly string[] }>

/** Trains, and writes all of them into this folder. */
export async function writePages(): Promise<void> {
  await writeTables()
  for (const words of [...RUNS, ...Object.values(pages).map((page) => page.words)]) {
    if (words.length === 0) continue
    const { code, err } = await inProcess(...words)
    expect({ words, code, err: code === 0 ? '' : err }).toEqual({ words, code: 0, err: '' })
  }
}
