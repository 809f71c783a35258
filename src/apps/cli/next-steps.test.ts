/** Commands that are suggested after a training work as they are printed, pasted into a shell; of every kind of data: test/advice. */
import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillNormal } from '../../base/random.ts'
import { diagnose } from '../../runs/diagnosis/diagnose.ts'
import { mendingCommand } from '../../runs/diagnosis/mending-command.ts'
import { records } from '../../runs/diagnosis/records.testing.ts'
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

test.each([['a table with gaps and a name that a shell would read', [NASTY], 4]])(
  '%s',
  async (_, words, least) => {
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
  },
)

test('of a model that is not well the training that mends it stands first, and the doctor says it, too', async () => {
  const { code, err } = await inProcess(
    'train',
    'digits',
    '--beta',
    '60',
    '--epochs',
    '8',
    '--hidden',
    '16',
    '--out',
    'ill',
  )
  expect(code, err).toBe(0)
  const [first] = [...err.matchAll(NEXT)].map(([, line]) => line)
  expect(first).toBe('betavae train ill/recipe.json --beta 1')
  const doctor = await inProcess('doctor', 'ill')
  expect(doctor.out).toMatch(
    /^next\n {2}betavae train ill\/recipe\.json --beta 1 {2}to mend it: charge less for the code$/m,
  )
  const ended = await inProcess(...pasted(first), '--no-report', '--out', 'healed')
  expect(ended, first).toMatchObject({ code: 0 })
  expect(JSON.parse((await inProcess('doctor', 'healed', '--json')).out).findings).not.toMatchObject([
    { code: 'diagnosis/posterior-collapse' },
  ])
})

test('what mends any finding is a command that is understood', async () => {
  await writeFile(
    'unit.csv',
    `a,b\n${Array.from({ length: 100 }, (_, row) => `${row / 100},${(row * 7) % 3 ? 1 : 0}`).join('\n')}\n`,
  )
  for (const [name, { recipe, events }] of Object.entries(records)) {
    const mends = diagnose({ recipe, events }).findings.flatMap(({ mend }) => (mend ? [mend] : []))
    await mkdir(name)
    await writeFile(
      `${name}/recipe.json`,
      JSON.stringify({ ...recipe, data: { ...recipe.data, source: 'unit.csv' } }),
    )
    for (const mend of mends) {
      const [, place, ...words] = pasted(mendingCommand(name, mend))
      const ended = await inProcess('explain', place, ...words)
      expect(ended, mendingCommand(name, mend)).toMatchObject({ code: 0 })
    }
  }
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
