/** Every command that any command suggests, for every kind of data and model, works as it is printed. */
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, onTerminal, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { put, putData, SMALL } from './world.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const tried = new Set<string>()

beforeAll(async () => {
  process.chdir(folder.path)
  await putData()
})
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
  expect(tried.size).toBeGreaterThan(50)
})

/** The words that a shell makes of a line. */
function pasted(line: string): string[] {
  const script = `npx() { shift; betavae "$@"; }\nbetavae() { printf '%s\\0' "$@"; }\n${line}`
  return spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout.split('\0').slice(0, -1)
}

/** Commands that stand on lines of their own or behind a colon. */
const commandsIn = (text: string): string[] =>
  [...text.matchAll(/(?:^ {2}|: )((?:npx )?betavae [a-z].*?)(?: {2}.*)?$/gm)].map(([, line]) => line)

const UNESCAPED = { '&#39;': "'", '&#62;': '>', '&#60;': '<', '&#38;': '&', '&#34;': '"' }

/** Commands that a page gives. */
async function commandsOn(page: string): Promise<string[]> {
  const html = await readFile(page, 'utf8')
  return [...html.matchAll(/<code>((?:npx )?betavae [^<]*)<\/code>/g)].map(([, line]) =>
    line.replace(/&#\d+;/g, (entity) => UNESCAPED[entity as keyof typeof UNESCAPED]),
  )
}

/** Runs them; one that trains again for as long is made short. */
async function runAll(lines: readonly string[], least: number): Promise<void> {
  expect(lines.length, lines.join('\n')).toBeGreaterThanOrEqual(least)
  for (const line of lines) {
    const words = pasted(line)
    const again = `again-${tried.size}`
    const short = ['train', 'sweep'].includes(words[0]) ? ['--out', again] : []
    const quick = words[0] === 'train' && !words[1].endsWith('.json') ? SMALL : []
    const fewer = words.map((word, at) => FEWER[words[at - 1]] ?? word)
    expect(await inProcess(...fewer, ...short, ...quick), line).toMatchObject({ code: 0 })
    tried.add(line)
  }
}

/** Smaller numbers for what takes long. */
const FEWER: Readonly<Record<string, string>> = { '--nll': '2', '--rows': '60' }

/** A code has as many numbers as its entries. */
const CODEBOOK = SMALL.slice(2)
const CONV = SMALL.map((word) => (word === '--hidden' ? '--widths' : word))

test.each([
  ['digits', ['digits', ...SMALL], 3],
  ['digits without a prior', ['digits', '--objective', 'autoencoder', ...SMALL], 3],
  ['digits and two players', ['digits', '--objective', 'factor-vae', ...SMALL], 3],
  ['digits with a learned prior', ['digits', '--objective', 'vamp-vae', ...SMALL], 3],
  ['digits and several draws', ['digits', '--objective', 'iwae', ...SMALL], 3],
  ['digits with a codebook', ['digits', '--objective', 'vq-vae', ...CODEBOOK], 3],
  ['gray images', ['gray', '--arch', 'conv', ...CONV, '--batch', '4'], 3],
  ['colored images in classes', ['color', '--arch', 'conv', ...CONV, '--batch', '4'], 3],
  ['an array', ['array.npy', ...SMALL], 3],
  ['numbers without a likelihood of columns', ['numbers.csv', '--likelihood', 'gaussian', ...SMALL], 3],
  ['a table of mixed kinds', ['mixed.csv', ...SMALL], 4],
  ['rows in an order', ['mixed.csv', '--order', 'day', '--window', '4', ...SMALL], 3],
  ['a table without a prior', ['mixed.csv', '--objective', 'autoencoder', ...SMALL], 3],
] as const)(
  'after training %s',
  async (name, words, least) => {
    const run = name.replaceAll(' ', '-')
    const { code, err } = await inProcess('train', ...words, '--out', run)
    expect(code, err).toBe(0)
    await runAll(commandsIn(err), least)
    const doctor = await inProcess('doctor', run)
    await runAll(
      commandsIn(doctor.out).filter((line) => !tried.has(line)),
      0,
    )
    await runAll(await commandsOn(await reportOf(run)), 1)
  },
  60_000,
)

async function reportOf(run: string): Promise<string> {
  expect(await inProcess('report', run)).toMatchObject({ code: 0 })
  return `${run}/report.html`
}

test('pages of tables give commands that make them again, and those that follow from them', async () => {
  const pages: Readonly<Record<string, readonly string[]>> = {
    'inspected.html': [
      'inspect',
      'mixed.csv',
      '--exclude',
      'odd',
      '--kind',
      'kind=categorical',
      '--separator',
      ',',
    ],
    'moved.html': ['drift', 'mixed.csv', 'mixed.csv', '--exclude', 'odd', '--kind', 'kind=categorical'],
    'scored.html': ['score', 'a-table-of-mixed-kinds', 'mixed.csv', '--draws', '2', '--out', 'scored.csv'],
    'made.html': ['synthesize', 'a-table-of-mixed-kinds', '--rows', '50', '--out', 'made.csv'],
  }
  for (const [page, words] of Object.entries(pages)) {
    expect(await inProcess(...words, '--html', page)).toMatchObject({ code: 0 })
    const commands = await commandsOn(page)
    expect(commands[commands.length - 1].split(' ').slice(2).sort()).toEqual(
      [...words, '--html', page].sort(),
    )
    await runAll(commands, 1)
  }
}, 60_000)

test('a sweep, what it says and its page', async () => {
  const swept = await inProcess(
    'sweep',
    'digits',
    '--beta',
    '1,4',
    '--steps',
    '2',
    '--hidden',
    '8',
    '--latent',
    '2',
    '--out',
    'swept',
  )
  expect(swept, swept.err).toMatchObject({ code: 0 })
  await runAll(commandsIn(swept.err), 0)
  await runAll(await commandsOn('swept/report.html'), 1)
}, 60_000)

test('two runs beside each other', async () => {
  expect(await inProcess('report', 'digits', 'digits-and-two-players', '--out', 'both.html')).toMatchObject({
    code: 0,
  })
  await runAll(await commandsOn('both.html'), 1)
}, 60_000)

test('columns that were left out are taken in as it is said', async () => {
  const lines = Array.from({ length: 60 }, (_, row) => `u${row},${row % 7},${(row * 5) % 11}`)
  await put('named.csv', `id,a,b\n${lines.join('\n')}\n`)
  const { err } = await inProcess('train', 'named.csv', ...SMALL, '--out', 'left')
  const [, option] = /to take one in, say its kind: (--kind \S+)$/m.exec(err) ?? []
  const again = await inProcess(
    'train',
    'named.csv',
    ...pasted(`betavae ${option}`),
    ...SMALL,
    '--out',
    'taken',
  )
  expect(again, again.err).toMatchObject({ code: 0 })
  expect(again.err).not.toContain('left out')
})

test('what is said where one has only begun', async () => {
  const { text } = await onTerminal(120)
  // The studio serves until it is stopped: test/studio.
  const lines = commandsIn(text).filter((line) => !line.includes('studio'))
  await runAll(lines, 2)
})
