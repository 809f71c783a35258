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
  await trained('digits', '--out', 'runs/d')
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
    return example.replace(/^'(.*)'$/, '$1')
  }
}

/** Whether a fix names something to type. */
const isTyped = (text: string): boolean => /--[a-z⟨]|betavae [a-z⟨]|npm install/.test(text)

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
const patternOf = (text: string): RegExp => new RegExp(`^${text.split(HOLE).map(literal).join('.*')}$`, 's')

test('every fix that names something to type was tried, here or where it is said', () => {
  const all = fixesInSource().flatMap(({ place, texts }) => texts.map((text) => ({ place, text })))
  const tried = (text: string) => [...printed].some((one) => patternOf(text).test(one))
  const untried = all.filter(({ text }) => isTyped(text) && !tried(text))
  console.log(all.filter(({ text }) => tried(text)).length, all.length, printed.size)
  expect(untried.map(({ place, text }) => `${place.replace(/:\d+$/, '')}: ${text}`)).toEqual([])
})
