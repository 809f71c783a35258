/** Tables of which a model is given some columns. */
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder, told } from '../../src/apps/cli/running.testing.ts'
import { fillNormal } from '../../src/base/random.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const ROWS = 300

/** Men are 13 cm taller, and people grow wider by 4 cm in ten years. */
function people(): string {
  const noise = fillNormal(new Float32Array(3 * ROWS), { seed: 2, stream: 77, step: 0 })
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const [a, b, c] = noise.subarray(3 * row, 3 * row + 3)
    const sex = row % 2 === 0 ? 'f' : 'm'
    const age = 20 + ((row * 7) % 60)
    const height = 165 + (sex === 'm' ? 13 : 0) + 5 * a
    const waist = 70 + 0.4 * (age - 20) + 3 * b + a
    return [sex, age, height.toFixed(1), waist.toFixed(1), (10 + c).toFixed(2)].join()
  })
  return `sex,age,height,waist,other\n${lines.join('\n')}\n`
}

beforeAll(async () => {
  process.chdir(folder.path)
  await writeFile('people.csv', people())
  await told(
    ...['train', 'people.csv', '--condition', 'sex,age', '--steps', '800', '--seed', '1'],
    ...['--threads', '1', '--no-report', '--out', 'run'],
  )
}, 60_000)
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const rowsOf = async (path: string): Promise<Record<string, string>[]> => {
  const [header, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])))
}

const meanOf = (rows: readonly Record<string, string>[], name: string): number =>
  rows.reduce((sum, row) => sum + Number(row[name]), 0) / rows.length

test('what is given is kept out of the modelled columns', async () => {
  const { data, model } = JSON.parse(await readFile('run/recipe.json', 'utf8'))
  const names = (columns: { name: string }[]) => columns.map(({ name }) => name)
  expect(names(data.table.columns)).toEqual(['height', 'waist', 'other'])
  expect(names(data.given.columns)).toEqual(['sex', 'age'])
  expect(model.condition).toMatchObject([{ name: 'sex', levels: ['f', 'm'] }, { name: 'age' }])
})

test('rows are made as they are asked for, with what was given as their table has it', async () => {
  const made = async (where: string) => {
    await told(
      ...['synthesize', 'run', '--rows', '400', '--where', where, '--out', 'made.csv', '--no-report'],
    )
    return rowsOf('made.csv')
  }
  const [young, old] = [await made('sex=f,age=25'), await made('sex=m,age=75')]
  expect(Object.keys(young[0])).toEqual(['sex', 'age', 'height', 'waist', 'other'])
  expect(new Set(young.map(({ sex, age }) => `${sex} ${age}`))).toEqual(new Set(['f 25']))
  expect(Math.abs(meanOf(old, 'height') - meanOf(young, 'height') - 13)).toBeLessThan(4)
  expect(Math.abs(meanOf(old, 'waist') - meanOf(young, 'waist') - 20)).toBeLessThan(6)
  const tall = await made('sex=m,height>180')
  expect(tall.every(({ sex, height }) => sex === 'm' && Number(height) > 180)).toBe(true)
  expect(new Set(tall.map(({ age }) => age)).size).toBeGreaterThan(10)
})

test('a row is scored for what it is given to be', async () => {
  await writeFile('two.csv', 'sex,age,height,waist,other\nm,40,178,78,10\nf,40,178,78,10\n')
  await told('score', 'run', 'two.csv', '--out', 'scored.csv')
  const [man, woman] = await rowsOf('scored.csv')
  expect(Number(woman.score)).toBeGreaterThan(Number(man.score))
  await writeFile('gap.csv', 'sex,age,height,waist,other\nm,40,,78,10\n')
  await told('impute', 'gap.csv', '--run', 'run', '--out', 'filled.csv')
  expect(Number((await rowsOf('filled.csv'))[0].height)).toBeGreaterThan(150)
  expect(JSON.parse(await told('evaluate', 'run', '--json')).elbo).toBeLessThan(0)
})

test('what cannot be asked, and what does not know conditions yet, is refused', async () => {
  await writeFile('bare.csv', 'height,waist,other\n178,78,10\n')
  for (const [words, code] of [
    ['synthesize run --where age>40 --out no.csv', 'infer/where'],
    ['synthesize run --where sex=x --out no.csv', 'condition/value'],
    ['score run bare.csv', 'table/columns'],
    ['export run --to html', 'report/conditional'],
    ['train people.csv --condition size', 'data/condition'],
  ]) {
    const { code: exit, err } = await inProcess(...words.split(' '))
    expect({ words, exit: exit !== 0, err }).toMatchObject({
      exit: true,
      err: expect.stringContaining(`[${code}]`),
    })
  }
})
