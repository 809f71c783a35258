/** Kinds of columns that are known better than they are found out. */
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, refusals, temporaryFolder } from '../../src/apps/cli/running.testing.ts'

const folder = await temporaryFolder()
const home = process.cwd()
const SHORT = ['--steps', '20', '--threads', '1', '--no-report']

beforeAll(async () => {
  process.chdir(folder.path)
  const rows = Array.from({ length: 60 }, (_, i) => [
    ...[(i * 7) % 40, i % 3, ['S', 'M', 'L'][i % 3], (i * i) % 17, i % 2 === 0 ? 'a' : 'b'],
  ])
  await writeFile('wards.csv', `visits,ward,size,score,label\n${rows.map((row) => `${row}\n`).join('')}`)
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

interface Column {
  name: string
  kind: string
  reason: string
}

const kindsIn = (columns: readonly Column[]) => columns.map(({ name, kind, reason }) => [name, kind, reason])

test('inspect takes them, and says so', async () => {
  const said = ['--kind', 'visits=count', '--kind', 'ward=categorical', '--kind', 'score=identifier']
  const { code, out } = await inProcess('inspect', 'wards.csv', '--exclude', 'label,size', ...said)
  expect(code).toBe(0)
  expect(out).toMatchInlineSnapshot(`
    "visits  count
        said so: a count as it is (0 to 39 seen)
    ward    categorical
        said so: one of 3 levels (0, 1, 2)
    score   identifier
        left out: said so
    "
  `)
})

test('an order of words may be said', async () => {
  const { out } = await inProcess('inspect', 'wards.csv', '--kind', 'size=ordinal:S,M,L', '--json')
  expect(JSON.parse(out).columns[2]).toMatchObject({
    kind: 'ordinal',
    reason: 'said so',
    levels: ['S', 'M', 'L'],
  })
})

test('what cannot be is refused, and nothing is written', async () => {
  expect(
    await refusals(
      'inspect wards.csv --kind visits=cuont',
      'inspect wards.csv --kind visits',
      'inspect wards.csv --kind visists=count',
      'inspect wards.csv --kind size=count',
      'inspect wards.csv --kind visits=binary',
      'inspect wards.csv --kind size=ordinal:S,M',
      'inspect wards.csv --kind visits=count:1,2',
      'inspect wards.csv --kind visits=count --kind visits=real',
      'train wards.csv --kind size=real --out run',
      'train wards.csv --kind label=categorical --out run',
      'train wards.csv --exclude ward --kind ward=categorical --out run',
      'train digits --kind visits=count --out run',
      'train wards.csv --likelihood gaussian --exclude size --kind visits=count --out run',
    ),
  ).toMatchInlineSnapshot(`
    "
    inspect wards.csv --kind visits=cuont
      2: --kind visits=cuont; wanted column=kind, a kind of constant, binary, datetime, ordinal, identifier, count, real, categorical. Fix: write for example --kind visits=count. [cli/option-value]
    inspect wards.csv --kind visits
      2: --kind visits; wanted column=kind, a kind of constant, binary, datetime, ordinal, identifier, count, real, categorical. Fix: write for example --kind visits=count. [cli/option-value]
    inspect wards.csv --kind visists=count
      2: no column "visists"; wanted names among "visits", "ward", "size", "score", "label". Fix: name columns as the table does. [table/columns]
    inspect wards.csv --kind size=count
      2: column "size" as count, though it has no number; wanted a column of this kind (how often something happened: small whole numbers, as they are). Fix: say another kind for it, or none. [table/kind]
    inspect wards.csv --kind visits=binary
      2: column "visits" as binary, though its values are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …; wanted a column of this kind (two values, as 0 and 1). Fix: say another kind for it, or none. [table/kind]
    inspect wards.csv --kind size=ordinal:S,M
      2: column "size" as ordinal, though its value L is not among the levels given; wanted a column of this kind (levels with an order, as standardized ranks). Fix: say another kind for it, or none. [table/kind]
    inspect wards.csv --kind visits=count:1,2
      2: --kind visits=count:1,2; wanted levels of an ordinal column, two at least, or of a categorical or binary one; of numbers comma or point. Fix: write for example --kind size=ordinal:S,M,L. [cli/option-value]
    inspect wards.csv --kind visits=count --kind visits=real
      2: two kinds for column "visits"; wanted --kind once for each column. Fix: keep the one that is meant. [cli/twice]
    train wards.csv --kind size=real --out run
      2: column "size" as real, though it has no number; wanted a column of this kind (numbers, standardized; first log or normal scores where their shape asks for it). Fix: say another kind for it, or none. [table/kind]
    train wards.csv --kind label=categorical --out run
      2: a kind for "label", which is left out; wanted kinds of columns that stay, which labels do not. Fix: say no kind for it, or do not leave it out. [table/kind-left-out]
    train wards.csv --exclude ward --kind ward=categorical --out run
      2: a kind for "ward", which is left out; wanted kinds of columns that stay, which labels do not. Fix: say no kind for it, or do not leave it out. [table/kind-left-out]
    train digits --kind visits=count --out run
      2: kinds of columns for "digits", which is read as plain numbers; wanted a table, under the likelihood of its columns. Fix: leave --kind out; or, of a table, --likelihood. [data/kinds]
    train wards.csv --likelihood gaussian --exclude size --kind visits=count --out run
      2: kinds of columns for "wards.csv", which is read as plain numbers; wanted a table, under the likelihood of its columns. Fix: leave --kind out; or, of a table, --likelihood. [data/kinds]
    "
  `)
})

test('train keeps them in the recipe, so that score and resume need nothing more', async () => {
  const said = ['--kind', 'visits=count', '--kind', 'ward=categorical']
  const { code } = await inProcess('train', 'wards.csv', ...said, ...SHORT, '--out', 'run')
  expect(code).toBe(0)
  const { data } = JSON.parse(await readFile('run/recipe.json', 'utf8'))
  expect(data.kinds).toEqual({ visits: 'count', ward: 'categorical' })
  expect(kindsIn(data.table.columns).slice(0, 2)).toEqual([
    ['visits', 'count', 'said so'],
    ['ward', 'categorical', 'said so'],
  ])
  expect((await inProcess('resume', 'run')).err).not.toContain('[')
  // A ward of which training knows nothing is a level, not a number between others.
  await writeFile('new.csv', 'visits,ward,size,score\n3,1.5,S,2\n')
  const { code: refused, err } = await inProcess('score', 'run', 'new.csv', '--unseen', 'error')
  expect({ refused, err }).toMatchInlineSnapshot(`
    {
      "err": ""1.5" in row 1 (line 2), column "ward"; wanted one of the values known from training: 0, 1, 2. Fix: mend the cell, train with rows that have this value, or let unseen values count as missing (--unseen missing, { unseen: 'missing' }). [table/unseen-level]
    ",
      "refused": 1,
    }
  `)
})

test('a recipe that knows its columns can be corrected', async () => {
  const again = ['train', 'run/recipe.json', '--kind', 'score=count', '--exclude', 'size', ...SHORT]
  expect(await inProcess(...again, '--out', 'again')).toMatchObject({ code: 0 })
  const { data } = JSON.parse(await readFile('again/recipe.json', 'utf8'))
  expect(kindsIn(data.table.columns)).toEqual([
    ['visits', 'count', 'said so'],
    ['ward', 'categorical', 'said so'],
    ['score', 'count', 'said so'],
  ])
})
