/** A row is what it is: the same score, p and causes wherever it stands, whatever it is scored with. */
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProcess, leaveFor, start, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { fillNormal } from '../../src/base/random.ts'
import { nodeEngines, openEngine, type TableModel, trainTable } from '../../src/inside.node.ts'

const COUNT = 240
const noise = fillNormal(new Float32Array(COUNT * 5), { seed: 4, stream: 1004, step: 0 })

/** Seven columns of all kinds, some cells missing: neither the row's width nor the code's is a power of two. */
const rows = Array.from({ length: COUNT }, (_, row) => {
  const [a, b, c, d, e] = noise.subarray(row * 5, row * 5 + 5)
  return {
    a,
    b: row % 11 === 3 ? null : a + 0.3 * b,
    c: row % 40 === 7 ? 9 : c - a,
    visits: Math.floor(Math.abs(4 * d)),
    city: row % 17 === 5 ? null : ['Bern', 'Basel', 'Genf'][row % 3],
    member: e > 0 ? 'yes' : 'no',
    e: e + (row % 3),
  }
})

const found = async (model: TableModel, given: readonly object[]) =>
  (await model.score(given)).map((row) => JSON.stringify(row))

describe.each([
  ['native', {}],
  ['wasm', {}],
  ['native', { prior: { name: 'mixture' } }],
  ['native', { latent: { name: 'iaf', size: 3 } }],
] as const)('on %s with %j', (name, model) => {
  let table: TableModel
  let usual: string[]
  beforeAll(async () => {
    const { engine } = await openEngine(nodeEngines, name)
    table = await trainTable(
      rows,
      { model: { latent: { size: 3 }, ...model }, training: { steps: 40 } },
      { engine },
    )
    usual = await found(table, rows)
  })
  afterAll(() => table.dispose())

  test('backwards', async () => {
    expect((await found(table, rows.toReversed())).toReversed()).toEqual(usual)
  })

  test('alone', async () => {
    for (const row of [0, 3, 7, 100, 239]) expect(await found(table, [rows[row]])).toEqual([usual[row]])
  })

  test('a thousand times', async () => {
    for (const row of [5, 7]) {
      const each = await found(table, new Array(1000).fill(rows[row]))
      expect([...new Set(each)]).toEqual([usual[row]])
    }
  })
})

describe('on the command line', () => {
  const header = Object.keys(rows[0]).join()
  const lines = rows.map((row) => Object.values(row).join())
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  const home = process.cwd()
  beforeAll(async () => {
    folder = await temporaryFolder()
    process.chdir(folder.path)
    await writeFile('rows.csv', [header, ...lines, ''].join('\n'))
    await writeFile('backwards.csv', [header, ...lines.toReversed(), ''].join('\n'))
    await inProcess('train', 'rows.csv', '--steps', '40', '--no-report', '--out', 'run')
  })
  afterAll(() => leaveFor(home))
  /** What is said of each row, without its number. */
  const said = (text: string) => {
    const [head, ...body] = text.trim().split('\n')
    const number = head.split(',').indexOf('row')
    return body.map((line) => line.split(',').toSpliced(number, 1).join())
  }

  test('backwards', async () => {
    const forwards = said((await inProcess('score', 'run', 'rows.csv')).out)
    expect(forwards).toHaveLength(COUNT)
    expect(said((await inProcess('score', 'run', 'backwards.csv')).out).toReversed()).toEqual(forwards)
  })

  test('piped line by line into processes of their own', async () => {
    const piped = async (given: readonly string[]) => {
      const { process: other, ended } = start(folder.path, ['score', 'run', '-'])
      for (const line of [header, ...given]) other.stdin?.write(`${line}\n`)
      other.stdin?.end()
      const answers = (await ended).out.trim().split('\n')
      return answers.map((line) => ({ ...JSON.parse(line), row: undefined }))
    }
    const [forwards, backwards] = await Promise.all([piped(lines), piped(lines.toReversed())])
    expect(forwards).toHaveLength(COUNT)
    expect(backwards.toReversed()).toEqual(forwards)
    const { out } = await inProcess('score', 'run', 'rows.csv', '--json')
    expect(JSON.parse(out).scores.map(({ score }: { score: number }) => score)).toEqual(
      forwards.map(({ score }) => score),
    )
  })
})
