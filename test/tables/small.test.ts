/** Tables of a dozen rows and more: every command does its job, or refuses before anything is written. */
import { rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProcess, leaveFor, listing, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { fillNormal } from '../../src/base/random.ts'

const noise = fillNormal(new Float32Array(4000), { seed: 7, stream: 1007, step: 0 })
const table = (count: number, columns: Readonly<Record<string, (row: number) => unknown>>): string =>
  [
    Object.keys(columns),
    ...Array.from({ length: count }, (_, row) => Object.values(columns).map((of) => of(row))),
  ]
    .map((cells) => cells.join())
    .join('\n')
    .concat('\n')
const real = (by: number) => (row: number) => noise[row * 17 + by].toFixed(3)
const among =
  (...levels: string[]) =>
  (row: number) =>
    levels[Math.floor(Math.abs(noise[row * 13 + 5]) * 7) % levels.length]

const tables: Readonly<Record<string, string>> = {
  numbers: table(12, { a: real(0), b: real(1), c: real(2) }),
  mixed: table(15, {
    x: real(0),
    kind: among('a', 'b', 'c'),
    n: (row) => Math.floor(Math.abs(noise[row]) * 4),
  }),
  gaps: table(20, { x: real(0), y: (row) => (row % 3 === 1 ? '' : real(1)(row)), z: among('p', 'q') }),
  levels: table(24, { answer: among('yes', 'no'), side: among('left', 'right', 'both') }),
  dates: table(36, {
    day: (row) => `2024-02-${String(1 + (row % 28)).padStart(2, '0')}`,
    v: real(3),
    same: () => 1,
  }),
  prices: table(48, { id: (row) => row, price: (row) => `$${(20 + Math.abs(noise[row]) * 30).toFixed(2)}` }),
  single: table(55, { only: real(4) }),
  wide: table(60, Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`f${at}`, real(at)]))),
  constant: table(30, { a: real(0), b: () => 'x', empty: () => '' }),
  skewed: table(40, {
    amount: (row) => Math.exp(3 * noise[row]).toFixed(2),
    rare: (row) => (row === 7 ? 'odd' : 'even'),
  }),
}

const commands = (name: string) => [
  `inspect ${name}.csv`,
  `score ${name} ${name}.csv`,
  `score ${name} ${name}.csv --top 3 --json`,
  `impute ${name}.csv --run ${name} --out imputed.csv`,
  `synthesize ${name} --rows 20 --out made.csv`,
  `synthesize ${name} --rows 1`,
  `drift ${name} ${name}.csv`,
  `drift ${name}.csv ${name}.csv`,
  `evaluate ${name}`,
  `explain ${name}`,
  `doctor ${name}`,
  `encode ${name} ${name}.csv --out codes.csv`,
  `reconstruct ${name} --out again.csv`,
  `traverse ${name} --out path.csv`,
  `sample ${name} --out sample.csv`,
  `map ${name} --out map.svg`,
  `report ${name}`,
  `export ${name} --out exported`,
]

const home = process.cwd()
beforeAll(async () => {
  process.chdir((await temporaryFolder()).path)
})
afterAll(() => leaveFor(home))

describe.each(Object.keys(tables))('%s', (name) => {
  beforeAll(async () => {
    await writeFile(`${name}.csv`, tables[name])
    expect(
      await inProcess('train', `${name}.csv`, '--steps', '20', '--no-report', '--out', name),
    ).toMatchObject({
      code: 0,
    })
  })

  test.each(commands(name))('%s', async (line) => {
    const before = await listing('.')
    const { code, err } = await inProcess(
      ...line.split(' '),
      ...(line.includes('export') ? ['--to', 'onnx'] : []),
    )
    // A refusal says what is wanted, and leaves everything as it was.
    if (code === 2) expect(await listing('.')).toEqual(before)
    else expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
    await Promise.all(
      ['imputed.csv', 'made.csv', 'codes.csv', 'again.csv', 'path.csv', 'sample.csv', 'map.svg'].map((path) =>
        rm(path, { force: true }),
      ),
    )
    await rm('exported', { recursive: true, force: true })
  })
})
