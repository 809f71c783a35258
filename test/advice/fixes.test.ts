/** What errors say to do is done as it is printed, and then they are gone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { applied, wordsOf } from './applying.ts'
import { type Case, cases, putOdd, type Way } from './cases.ts'
import { fixesInSource } from './fixes.ts'
import { type OptionsByVerb, optionsByVerb } from './names.ts'
import { HOLE } from './texts.ts'
import { putData, trained } from './world.ts'

const home = process.cwd()
const folder = await temporaryFolder()
/** Every fix that was printed here. */
const printed = new Set<string>()
let options: OptionsByVerb

beforeAll(async () => {
  process.chdir(folder.path)
  options = await optionsByVerb()
  await putData()
  await putOdd()
  await trained('digits', '--out', 'd')
  await trained('digits', '--objective', 'autoencoder', '--out', 'ae')
  await trained('mixed.csv', '--exclude', 'odd', '--out', 't')
  await trained('array.npy', '--out', 'n')
  await trained('numbers.csv', '--label', 'label', '--validation', '0', '--test', '0', '--out', 'all')
  await trained('digits', '--set', 'model.latent.size=3', '--out', 'wide')
  await trained('digits', '--set', 'model.latent.size=1', '--out', 'thin')
  await trained('digits', '--objective', 'fsq-autoencoder', '--out', 'leveled')
  await trained('digits', '--out', 'runs/d')
  await trained('digits', '--prior', 'conditional', '--condition', 'label', '--out', 'given-prior')
  const made = [
    'synthesize t --rows 20 --no-report --into shop.sqlite#visits',
    'encode n array.npy --out codes.npy',
    'sweep digits --beta 1,4 --steps 2 --hidden 8 --latent 2 --out s',
  ]
  for (const line of made) expect(await inProcess(...wordsOf(line)), line).toMatchObject({ code: 0 })
}, 120_000)

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const FIX = /Fix: (.*)\. \[([\w/-]+)\]$/m

const saysOf = (way: Way): string => (typeof way === 'string' ? way : way[0])

/** The line that a way out comes to, after what it changes in files. */
async function lineOf(given: readonly string[], way: Way): Promise<readonly string[]> {
  if (typeof way === 'string') return applied(given, way, options)
  const [, then] = way
  if (typeof then === 'string') return wordsOf(then)
  await then()
  return given
}

async function tryOut({ given, code, ways }: Case): Promise<void> {
  const words = wordsOf(given)
  const ended = await inProcess(...words)
  expect(ended.code, given).not.toBe(0)
  const [, fix = '', found] = FIX.exec(ended.err) ?? []
  expect(found, ended.err).toBe(code)
  printed.add(fix)
  for (const way of ways) {
    expect(fix).toContain(saysOf(way))
    const line = await lineOf(words, way)
    expect(await inProcess(...line), line.join(' ')).toMatchObject({ code: 0 })
  }
  // No option and no command of a fix is passed over.
  const said = ways.map(saysOf).join(' ')
  for (const [name] of fix.matchAll(/--[a-z][\w-]*|betavae [a-z]+/g)) expect(said, fix).toContain(name)
}

describe.each(Object.entries(cases))('%s', (_, all) => {
  test.each(all.map((one): [string, Case] => [one.given, one]))('%s', (_, one) => tryOut(one), 60_000)
})

test('an example that an option gives is one that it takes', () => {
  let count = 0
  for (const [verb, table] of options)
    for (const [flag, { argument, read }] of Object.entries(table))
      for (const bad of ['', '\u2603', '-1e99', 'NaN', '0,,1']) {
        if (argument === undefined) continue
        const example = exampleIn(() => read(bad, flag), flag)
        if (example === undefined) continue
        expect(() => read(example, flag), `betavae ${verb} --${flag} ${example}`).not.toThrow()
        count++
      }
  expect(count).toBeGreaterThan(400)
})

function exampleIn(read: () => unknown, flag: string): string | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    const [, name, example] = /Fix: write for example --(\S+) (.*)\. \[/.exec((error as Error).message) ?? []
    expect(name, String(error)).toBe(flag)
    printed.add(`write for example --${flag} ${example}`)
    return example.replace(/^'(.*)'$/, '$1')
  }
}

/** Why the fixes of a place are not tried here; their names are found by `names.test.ts` as all others. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'src/api/open-table-model.ts': 'said to programs',
  'src/apps/cli/failure.ts': 'of errors that nobody foresaw',
  'src/apps/cli/options.ts':
    'each of every option is tried above: these stand for options that take any text, or are of others',
  'src/apps/cli/commands/resume.ts': 'the URL of a database that serves: test/databases',
  'src/apps/cli/studio/serve.ts': 'a port that another program holds: test/studio',
  'src/apps/cli/tables/score-live.ts': 'rows that are piped in: test/time/live.test.ts',
  'src/apps/server/door.ts': 'said by the page: test/studio',
  'src/apps/server/static.ts': 'a folder of other files: test/studio/static.test.ts',
  'src/apps/studio/session': 'said by the page: test/studio',
  'src/base/no-room.ts': 'memory that is short',
  'src/base/parts.ts': 'parts of others: test/parts/command-line.test.ts',
  'src/runs/node/load-parts.ts': 'parts of others: test/parts/command-line.test.ts',
  'src/api/node/queue': 'of jobs in a queue: test/queue',
  'src/apps/cli/queue': 'a queue that serves: test/queue',
  'src/api/node/thread/model-threads.ts': 'said to programs',
  'src/api/node/serve': 'said to clients: test/serve',
  'src/apps/serve': 'said to clients: test/serve',
  'src/apps/cli/serve': 'a server that runs until it is stopped: test/serve',
  'src/api/node/sweep/prepare.ts': 'parts of others in threads: said to programs',
  'src/api/node/sweep/sweep.ts': 'a member of a sweep that failed',
  'src/sweep/node/store.ts': 'said to programs',
  'src/sweep/plan.ts': 'said to programs: the command line counts seeds itself',
  'src/api/node/reproduce': 'a reproduction trains for minutes: src/apps/cli/reproduce.test.ts',
  'src/engine': 'of what is installed, on which machine: src/engine/onnxruntime',
  'src/export/torch': 'weights from elsewhere: test/torch',
  'src/export/weights-file.ts': 'a file of another version',
  'src/data/sources/mnist.ts': 'a package that is installed here',
  'src/data/node/images/codecs.ts': 'a package that is not installed here',
  'src/data/tables/readers/excel': 'workbooks: src/data/tables/readers',
  'src/data/tables/readers/zstd-frame.ts': 'Zstandard: src/data/tables/readers',
  'src/data/tables/packing.ts': 'LibreOffice, where it is installed',
  'src/data/tables/node/databases': 'DuckDB and peers that are not installed: test/databases',
  'src/data/transforms/scaling.ts': 'data of bits: src/data/transforms',
  'src/infer/samplers/learned': 'codes of other spaces: src/infer/samplers/learned',
  'src/infer/samplers/sampler.ts': 'a model that was written without codes',
  'src/infer/kept-conditions.ts': 'a model that was written without conditions',
  'src/runs/node/files.ts': 'disks that are full or not to be written: src/apps/cli/full-disk.test.ts',
  'src/api/node/opened-run.ts': 'runs that were killed: test/resume',
  'src/train/loop.ts': 'a training that goes on, and one that has no checkpoint yet',
  'src/runs/node/finished-model.ts': 'runs that were killed: test/resume',
}

/** Whether a fix names something to type. */
const isTyped = (text: string): boolean => /--[a-z⟨]|betavae [a-z⟨]|npm install/.test(text)

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
const patternOf = (text: string): RegExp => new RegExp(`^${text.split(HOLE).map(literal).join('.*')}$`, 's')

test('every fix that names something to type was tried, here or where it is said', () => {
  const all = fixesInSource().flatMap(({ place, texts }) => texts.map((text) => ({ place, text })))
  const tried = (text: string) => [...printed].some((one) => patternOf(text).test(one))
  const untried = all.filter(({ text }) => isTyped(text) && !tried(text))
  expect(all.filter(({ text }) => tried(text)).length).toBeGreaterThan(170)
  const fresh = untried.filter(({ place }) => !Object.keys(ELSEWHERE).some((path) => place.startsWith(path)))
  expect(fresh.map(({ place, text }) => `${place}: ${text}`)).toEqual([])
})
