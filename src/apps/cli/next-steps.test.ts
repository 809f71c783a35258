/** Every command that is suggested after a training works as it is printed, pasted into a shell. */
import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillNormal } from '../../base/random.ts'
import { inProcess, temporaryFolder } from './running.testing.ts'
import { fromHere } from './training/next-steps.ts'

const folder = await temporaryFolder()
const noise = fillNormal(new Float32Array(600), { seed: 5, stream: 1004, step: 0 })
const NASTY = "it's $(touch pwned) a&b.csv"

afterAll(folder.remove)
beforeAll(async () => {
  process.chdir(folder.path)
  const lines = Array.from({ length: 200 }, (_, row) => {
    const [a, b, c] = noise.subarray(3 * row, 3 * row + 3)
    return `${a.toFixed(2)},${row % 9 === 4 ? '' : (a + b / 4).toFixed(2)},${c > 0 ? 'yes' : 'no'}`
  })
  await writeFile(NASTY, `${['a', 'b', 'c'].join(',')}\n${lines.join('\n')}\n`)
  await writeFile(
    'whole.csv',
    `a,b\n${lines.map((_, row) => `${noise[row]},${noise[row + 200]}`).join('\n')}\n`,
  )
})

/** The words that a shell makes of a line. */
function pasted(line: string): string[] {
  const { stdout } = spawnSync('sh', ['-c', `betavae() { printf '%s\\0' "$@"; }\n${line}`], {
    encoding: 'utf8',
    cwd: folder.path,
  })
  return stdout.split('\0').slice(0, -1)
}

const NEXT = /^ {2}(betavae .*?)(?: {2}.*)?$/gm

test.each([
  ['images', ['digits', '--latent', '3'], 3],
  ['images without a prior', ['digits', '--objective', 'autoencoder'], 3],
  ['a table with gaps and a name that a shell would read', [NASTY], 4],
  ['a table without', ['whole.csv', '--objective', 'wae', '--no-report'], 4],
])('%s', async (_, words, least) => {
  const out = `run ${least} of ${words.join('-').length}`
  const { code, err } = await inProcess('train', ...words, '--steps', '20', '--out', out)
  expect(code, err).toBe(0)
  const suggested = [...err.matchAll(NEXT)].map(([, line]) => line)
  expect(suggested.length).toBeGreaterThanOrEqual(least)
  for (const line of suggested) {
    const ended = await inProcess(...pasted(line))
    expect(ended, line).toMatchObject({ code: 0 })
  }
  const { status } = spawnSync('test', ['-e', 'pwned'], { cwd: folder.path })
  expect(status).toBe(1)
})

test('a file is named as it is reached from here, and never like something else', () => {
  const here = process.cwd()
  expect(fromHere(`${here}/samples.csv`)).toBe('samples.csv')
  expect(fromHere(`${here}/shop.sqlite#visits`)).toBe('shop.sqlite#visits')
  expect(fromHere(`${here}/digits`)).toBe('./digits')
  expect(fromHere(`${here}/-x.csv`)).toBe('./-x.csv')
  expect(fromHere('/x.csv')).toBe('/x.csv')
  for (const given of ['digits', 'postgres://ann@host/zoo#penguins']) expect(fromHere(given)).toBe(given)
})
