/** Tables that are not what they should be: each is refused by row and column with a way out, and nothing is written. */
import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  inProcess,
  leaveFor,
  listing,
  refusals,
  start,
  temporaryFolder,
} from '../../src/apps/cli/running.testing.ts'
import { BetavaeError, openTable, openTableRun } from '../../src/inside.node.ts'

const folder = await temporaryFolder()
const large = await temporaryFolder()
const home = process.cwd()
const SHORT = ['--steps', '20', '--threads', '1', '--no-report']

const HEAD = 'kind,height,width,wild,site\n'
const plant = (i: number) =>
  `${['fern', 'moss', 'reed'][i % 3]},${(10 + i * 0.37).toFixed(2)},${(i * 7) % 11}.5,${i % 2 === 0 ? 'yes' : 'no'},A\n`
const PLANTS = Array.from({ length: 60 }, (_, i) => plant(i)).join('')

/** The table with a line more, which is the 62nd. */
const withRow = (line: string) => `${HEAD}${PLANTS}${line}\n`

const utf16 = (text: string, littleEndian: boolean) => {
  const bytes = Buffer.from(text, 'utf16le')
  return littleEndian ? bytes : bytes.swap16()
}

const files: Readonly<Record<string, string | Uint8Array>> = {
  'ragged.csv': withRow('fern,10,5,yes,A,B'),
  'nul.csv': withRow('fern,1\0,5,yes,A'),
  'mixed.csv': withRow('fern,tall,5,yes,A'),
  'nested.jsonl': '{"kind":"fern","height":[1,2],"width":2,"wild":"yes"}\n',
  'latin-1.csv': Buffer.from(withRow('f\u00fcrn,10,5,yes,A'), 'latin1'),
  'quote.csv': withRow('"fern,10,5,yes,A'),
  'twice.csv': 'kind,height,kind\nfern,1,moss\n',
  'names.csv': HEAD,
  'empty.csv': '',
  'binary.csv': Uint8Array.from({ length: 64 }, (_, i) => (i * 37) % 256),
  'torn.csv.gz': Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b),
  'rose.csv': withRow('rose,10,5,yes,A'),
  'maybe.csv': withRow('fern,10,5,maybe,A'),
  'short.csv': 'kind,height,wild\nfern,10,yes\n',
  'short.jsonl': '{"kind":"fern","height":1,"wild":"yes"}\n',
  'spaces.csv': 'kind height width\nfern 10 5\nmoss 11 6\n',
}

beforeAll(async () => {
  process.chdir(folder.path)
  await writeFile('plants.csv', HEAD + PLANTS)
  for (const [name, content] of Object.entries(files)) await writeFile(name, content)
  expect(await inProcess('train', 'plants.csv', ...SHORT, '--out', 'run')).toMatchObject({ code: 0 })
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
  await large.remove()
})

describe('what is refused', () => {
  test('at training time', async () => {
    const known = [
      'mixed.csv',
      'latin-1.csv',
      'rose.csv',
      'maybe.csv',
      'short.csv',
      'short.jsonl',
      'spaces.csv',
    ]
    const names = Object.keys(files).filter((name) => !known.includes(name))
    expect(await refusals(...names.map((name) => `train ${name} --out new`))).toMatchInlineSnapshot(`
      "
      train ragged.csv --out new
        1: ragged.csv: 6 cells in row 61 (line 62); wanted 5, as in the first line. Fix: put quotes around cells that have the separator in them, or name another with --separator. [csv/ragged]
      train nul.csv --out new
        1: nul.csv: a NUL byte at row 61 (line 62), column "height"; wanted text. Fix: check that the file is a text table and was copied whole, or take the NULs out with tr -d "\\000". [table/nul]
      train nested.jsonl --out new
        2: nested.jsonl: nothing to model in "kind", "width", "wild", "height"; wanted a column whose values differ and recur. Fix: give a table with measurements or levels, or say of which kind a column is. [table/nothing]
      train quote.csv --out new
        1: quote.csv: the cell "fern on line 62; wanted quotes around the whole cell, doubled inside it. Fix: mend the quotes of this line. [csv/quotes]
      train twice.csv --out new
        2: twice.csv: nothing to model in "kind", "height", "kind.1"; wanted a column whose values differ and recur. Fix: give a table with measurements or levels, or say of which kind a column is. [table/nothing]
      train names.csv --out new
        1: names.csv: column names without a row; wanted a line of column names and at least one row. Fix: check that this is the right file. [csv/empty]
      train empty.csv --out new
        1: empty.csv: a CSV file without a row; wanted a line of column names and at least one row. Fix: check that this is the right file. [csv/empty]
      train binary.csv --out new
        1: binary.csv: bytes that are no UTF-8 (94 b9 de 03) in the first line (line 1); wanted UTF-8 text. Fix: name its encoding where it is a table (--encoding windows-1251, shift_jis, …), or save the file as UTF-8. [text/utf-8]
      train torn.csv.gz --out new
        1: torn.csv.gz: gzip data that do not unpack (unexpected end of file); wanted whole gzip members. Fix: copy or download the file again. [gzip/torn]
      "
    `)
  })

  test('at scoring time', async () => {
    expect(
      await refusals(
        ...Object.keys(files).map((name) => `score run ${name} --unseen error --out scores.csv`),
        'score run plants.csv --label odd',
        'score run plants.csv --label height',
      ),
    ).toMatchInlineSnapshot(`
      "
      score run ragged.csv --unseen error --out scores.csv
        1: ragged.csv: 6 cells in row 61 (line 62); wanted 5, as in the first line. Fix: put quotes around cells that have the separator in them, or name another with --separator. [csv/ragged]
      score run nul.csv --unseen error --out scores.csv
        1: nul.csv: a NUL byte at row 61 (line 62), column "height"; wanted text. Fix: check that the file is a text table and was copied whole, or take the NULs out with tr -d "\\000". [table/nul]
      score run mixed.csv --unseen error --out scores.csv
        1: "tall" in row 61 (line 62), column "height"; wanted a number. Fix: mend the cell, leave it empty where nothing is known, or let what cannot be read count as missing (--unseen missing, { unseen: 'missing' }). [table/cell]
      score run nested.jsonl --unseen error --out scores.csv
        1: column "height", which is not read: its cells are lists; wanted single values, as in the table that the model was trained on. Fix: write what is inside into columns of its own, or give one value a row; it may be empty. [table/nested]
      score run latin-1.csv --unseen error --out scores.csv
        1: "fürn" in row 61 (line 62), column "kind"; wanted one of the values known from training: fern, moss, reed. Fix: mend the cell, train with rows that have this value, or let unseen values count as missing (--unseen missing, { unseen: 'missing' }). [table/unseen-level]
      score run quote.csv --unseen error --out scores.csv
        1: quote.csv: the cell "fern on line 62; wanted quotes around the whole cell, doubled inside it. Fix: mend the quotes of this line. [csv/quotes]
      score run twice.csv --unseen error --out scores.csv
        1: no columns "width", "wild" among "kind", "height", "kind.1"; wanted the columns that the model was trained on. Fix: add what is missing (cells may be empty), and name columns as for training. [table/columns]
      score run names.csv --unseen error --out scores.csv
        1: names.csv: column names without a row; wanted a line of column names and at least one row. Fix: check that this is the right file. [csv/empty]
      score run empty.csv --unseen error --out scores.csv
        1: empty.csv: a CSV file without a row; wanted a line of column names and at least one row. Fix: check that this is the right file. [csv/empty]
      score run binary.csv --unseen error --out scores.csv
        1: binary.csv: bytes that are no UTF-8 (94 b9 de 03) in the first line (line 1); wanted UTF-8 text. Fix: name its encoding where it is a table (--encoding windows-1251, shift_jis, …), or save the file as UTF-8. [text/utf-8]
      score run torn.csv.gz --unseen error --out scores.csv
        1: torn.csv.gz: gzip data that do not unpack (unexpected end of file); wanted whole gzip members. Fix: copy or download the file again. [gzip/torn]
      score run rose.csv --unseen error --out scores.csv
        1: "rose" in row 61 (line 62), column "kind"; wanted one of the values known from training: fern, moss, reed. Fix: mend the cell, train with rows that have this value, or let unseen values count as missing (--unseen missing, { unseen: 'missing' }). [table/unseen-level]
      score run maybe.csv --unseen error --out scores.csv
        1: "maybe" in row 61 (line 62), column "wild"; wanted one of the values known from training: no, yes. Fix: mend the cell, train with rows that have this value, or let unseen values count as missing (--unseen missing, { unseen: 'missing' }). [table/unseen-level]
      score run short.csv --unseen error --out scores.csv
        1: no column "width" among "kind", "height", "wild"; wanted the columns that the model was trained on. Fix: add what is missing (cells may be empty), and name columns as for training. [table/columns]
      score run short.jsonl --unseen error --out scores.csv
        1: no column "width" among "kind", "height", "wild"; wanted the columns that the model was trained on. Fix: add what is missing (cells may be empty), and name columns as for training. [table/columns]
      score run spaces.csv --unseen error --out scores.csv
        1: no column "wild" among "kind", "height", "width"; wanted the columns that the model was trained on. Fix: add what is missing (cells may be empty), and name columns as for training. [table/columns]
      score run plants.csv --label odd
        2: no column "odd"; wanted one of "kind", "height", "width", "wild", "site". Fix: name the column that has 1 for outliers and 0 for normal rows. [cli/label]
      score run plants.csv --label height
        2: --label height, a column that run was trained on; wanted labels that the model has not seen. Fix: train without it: --exclude height. [cli/label-seen]
      "
    `)
  })

  test('where gaps are filled and where tables are compared', async () => {
    const names = ['ragged.csv', 'mixed.csv', 'rose.csv', 'short.csv']
    const told = await refusals(
      ...names.map((name) => `impute ${name} --run run --unseen error --out filled.csv`),
      'drift plants.csv nul.csv',
      'drift plants.csv mixed.csv --unseen error',
      'inspect binary.csv',
    )
    // How well gaps are filled are numbers of a fit, which differ from machine to machine.
    expect(told.replace(/^ {2}(column|kind|height|width|wild) .*\n/gm, '')).toMatchInlineSnapshot(`
      "
      impute ragged.csv --run run --unseen error --out filled.csv
        1: expected errors, by cells that were known and hidden: of numbers in standard deviations, of levels the share that is wrong
      ragged.csv: 6 cells in row 61 (line 62); wanted 5, as in the first line. Fix: put quotes around cells that have the separator in them, or name another with --separator. [csv/ragged]
      impute mixed.csv --run run --unseen error --out filled.csv
        1: expected errors, by cells that were known and hidden: of numbers in standard deviations, of levels the share that is wrong
      "tall" in row 61 (line 62), column "height"; wanted a number. Fix: mend the cell, leave it empty where nothing is known, or let what cannot be read count as missing (--unseen missing, { unseen: 'missing' }). [table/cell]
      impute rose.csv --run run --unseen error --out filled.csv
        1: expected errors, by cells that were known and hidden: of numbers in standard deviations, of levels the share that is wrong
      "rose" in row 61 (line 62), column "kind"; wanted one of the values known from training: fern, moss, reed. Fix: mend the cell, train with rows that have this value, or let unseen values count as missing (--unseen missing, { unseen: 'missing' }). [table/unseen-level]
      impute short.csv --run run --unseen error --out filled.csv
        1: expected errors, by cells that were known and hidden: of numbers in standard deviations, of levels the share that is wrong
      no column "width" among "kind", "height", "wild"; wanted the columns that the model was trained on. Fix: add what is missing (cells may be empty), and name columns as for training. [table/columns]
      drift plants.csv nul.csv
        1: nul.csv: a NUL byte at row 61 (line 62), column "height"; wanted text. Fix: check that the file is a text table and was copied whole, or take the NULs out with tr -d "\\000". [table/nul]
      drift plants.csv mixed.csv --unseen error
        1: mixed.csv: "tall" in row 61 (line 62), column "height"; wanted a number. Fix: mend the cell, leave it empty where nothing is known, or let what cannot be read count as missing (--unseen missing, { unseen: 'missing' }). [table/cell]
      inspect binary.csv
        1: binary.csv: bytes that are no UTF-8 (94 b9 de 03) in the first line (line 1); wanted UTF-8 text. Fix: name its encoding where it is a table (--encoding windows-1251, shift_jis, …), or save the file as UTF-8. [text/utf-8]
      "
    `)
  })
})

describe('what is read', () => {
  const scoresOf = async (file: string, told = '') => {
    const { code, out, err } = await inProcess('score', 'run', file, '--json')
    expect({ code, err }).toEqual({ code: 0, err: told })
    return JSON.parse(out).scores as { score: number; unread?: string[]; cause: { column: string } }[]
  }

  test('a byte-order mark is no part of the first name', async () => {
    await writeFile('bom.csv', `\ufeff${HEAD}${PLANTS}`)
    expect(await scoresOf('bom.csv')).toEqual(await scoresOf('plants.csv'))
    expect(await inProcess('train', 'bom.csv', ...SHORT, '--out', 'bom')).toMatchObject({ code: 0 })
  })

  test('UTF-16, with its mark and without', async () => {
    await writeFile('utf-16.csv', utf16(`\ufeff${HEAD}${PLANTS}`, true))
    await writeFile('utf-16-be.csv', utf16(`${HEAD}${PLANTS}`, false))
    const wanted = await scoresOf('plants.csv')
    for (const file of ['utf-16.csv', 'utf-16-be.csv']) expect(await scoresOf(file)).toEqual(wanted)
    expect(await inProcess('train', 'utf-16.csv', ...SHORT, '--out', 'utf-16')).toMatchObject({ code: 0 })
  })

  test('blanks between cells', async () => {
    await writeFile('blanks.csv', (HEAD + PLANTS).replaceAll(',', '  '))
    expect(await scoresOf('blanks.csv')).toEqual(await scoresOf('plants.csv'))
  })

  test('columns of one name, which are numbered from the second on', async () => {
    await writeFile('namesakes.csv', (HEAD + PLANTS).replace('width', 'height'))
    const { out } = await inProcess('inspect', 'namesakes.csv')
    expect(out).toMatch(/^height\s+real$.*^height\.1\s+real$/ms)
    expect(await inProcess('train', 'namesakes.csv', ...SHORT, '--out', 'namesakes')).toMatchObject({
      code: 0,
    })
  })

  test('JSON Lines without their lists, which are named', async () => {
    const rows = PLANTS.trim()
      .split('\n')
      .map((line) => {
        const [kind, height, width, wild] = line.split(',')
        return JSON.stringify({ kind, height: Number(height), width: Number(width), wild, leaves: [1, 2] })
      })
    await writeFile('lists.jsonl', rows.join('\n'))
    const { out } = await inProcess('inspect', 'lists.jsonl')
    expect(out).toMatch(/leaves\s+nested\n\s+left out: its cells are lists/)
    const numbers = async (file: string) => (await scoresOf(file)).map(({ score }) => score)
    expect(await numbers('lists.jsonl')).toEqual(await numbers('plants.csv'))
  })

  test('a row without a value has a score, and may be among those trained on', async () => {
    await writeFile('gaps.csv', withRow(',,,,'))
    const scores = await scoresOf('gaps.csv')
    expect(scores).toHaveLength(61)
    expect(scores.every(({ score }) => Number.isFinite(score))).toBe(true)
    expect(await inProcess('train', 'gaps.csv', ...SHORT, '--out', 'gaps')).toMatchObject({ code: 0 })
  })

  test('a constant column is left out with its reason, and may change or be absent later', async () => {
    const { out } = await inProcess('inspect', 'plants.csv')
    expect(out).toMatch(/site\s+constant\n\s+left out: every value is A/)
    await writeFile('other-site.csv', HEAD + PLANTS.replaceAll(',A', ',B'))
    await writeFile('no-site.csv', (HEAD + PLANTS).replaceAll(/,(A|site)$/gm, ''))
    const wanted = await scoresOf('plants.csv')
    for (const file of ['other-site.csv', 'no-site.csv']) expect(await scoresOf(file)).toEqual(wanted)
  })

  test.each([
    ['rose.csv', 'kind', 'rose'],
    ['mixed.csv', 'height', 'tall'],
    ['maybe.csv', 'wild', 'maybe'],
  ])(
    '%s: a cell that the model cannot read counts as missing, is told of, and stays as it is',
    async (file, column, cell) => {
      const told = `1 cell that the model cannot read counts as missing: ${column} 1 (such as "${cell}" in row 61); --unseen error refuses them\n`
      const scores = await scoresOf(file, told)
      expect(scores).toHaveLength(61)
      expect(scores[60].score).toBeGreaterThan(0)
      expect(scores.map(({ unread }) => unread)).toEqual([...Array(60).fill(undefined), [column]])
      const filled = await inProcess('impute', file, '--run', 'run')
      expect(filled).toMatchObject({ code: 0, err: expect.stringContaining(told) })
      expect(filled.out.trim().split('\n').at(-1)).toContain(cell)
      expect(await inProcess('drift', 'run', file)).toMatchObject({ code: 0 })
    },
  )

  test('odd cells of a table do not keep it from being trained on, and are said', async () => {
    const { code, err } = await inProcess('train', 'mixed.csv', ...SHORT, '--out', 'mixed')
    expect(code).toBe(0)
    expect(err).toContain('odd cells that count as missing, which betavae inspect shows: height 1\n')
    expect(await inProcess('resume', 'mixed')).not.toMatchObject({ err: expect.stringContaining('[table/') })
  })

  test('text of an older spreadsheet', async () => {
    const note =
      'the text is not UTF-8 and was read as windows-1252; if letters are wrong, name another with --encoding\n'
    await writeFile('western.csv', Buffer.from(HEAD + PLANTS.replaceAll('fern', 'f\u00fcrn'), 'latin1'))
    expect((await inProcess('inspect', 'western.csv')).out).toMatch(
      /^the text is not UTF-8[\s\S]*3 levels \(fürn, moss, reed\)/,
    )
    expect((await inProcess('train', 'western.csv', ...SHORT, '--out', 'western')).err).toContain(note)
  })
})

describe('a line of 2 GB', () => {
  const SIZE = 2 ** 31
  const PIECE = 2 ** 16

  /** Two gigabytes after an opening, and how many were taken. */
  function endless(opening: string) {
    const taken = { bytes: 0 }
    async function* pieces() {
      yield Buffer.from(opening)
      for (; taken.bytes < SIZE; taken.bytes += PIECE) yield Buffer.alloc(PIECE, 'x')
    }
    return { taken, input: pieces() }
  }

  test.each([
    ['CSV', HEAD],
    ['CSV in quotes', `${HEAD}${plant(0)}"`],
    ['CSV as its first line', 'a,'],
    ['JSON Lines', '{"kind": "'],
  ])('%s: is refused before much of it is read', async (_, opening) => {
    const { taken, input } = endless(opening)
    using run = await openTableRun('run')
    const stream = await openTable('-', { input })
    const score = async () => {
      for await (const chunk of stream.chunks()) await run.table.score(chunk)
    }
    const error = await score().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(BetavaeError)
    expect((error as BetavaeError).message).toMatchSnapshot()
    expect(taken.bytes).toBeLessThan(40 * 2 ** 20)
  })

  test('a file of it is refused in a small memory, at training and at scoring time', async () => {
    const file = join(large.path, 'line.csv')
    await writeFile(file, `${HEAD}${PLANTS}fern`)
    // All zeros, which take no room on the disk.
    await truncate(file, SIZE)
    const before = await listing('.')
    const told: object[] = []
    for (const words of [
      ['train', file, '--out', 'new'],
      ['score', 'run', file, '--out', 'new.csv'],
    ])
      told.push(await start('.', words, ['--max-old-space-size=160']).ended)
    expect(told).toMatchInlineSnapshot(`
      [
        {
          "code": 1,
          "err": "line.csv: more than 16777216 characters without an end of the record that begins on line 62; wanted one record a line. Fix: check that this is a text table, and that every quote opened on this line is closed. [text/long-record]
      ",
          "out": "",
        },
        {
          "code": 1,
          "err": "line.csv: more than 16777216 characters without an end of the record that begins on line 62; wanted one record a line. Fix: check that this is a text table, and that every quote opened on this line is closed. [text/long-record]
      ",
          "out": "",
        },
      ]
    `)
    expect(await listing('.')).toEqual(before)
  })

  test('piped in, it ends the scoring', async () => {
    const { process: child, ended } = start('.', ['score', 'run', '-'])
    child.stdin?.on('error', () => undefined)
    child.stdin?.write(HEAD + PLANTS)
    const piece = Buffer.alloc(2 ** 20, 'x')
    let sent = 0
    const feed = () => {
      while (sent < SIZE && child.stdin?.writable) {
        sent += piece.length
        if (!child.stdin.write(piece)) break
      }
    }
    child.stdin?.on('drain', feed)
    feed()
    const { code, out, err } = await ended
    expect({ code, err }).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "standard input: more than 16777216 characters without an end of the record that begins on line 62; wanted one record a line. Fix: check that this is a text table, and that every quote opened on this line is closed. [text/long-record]
      ",
      }
    `)
    // The rows before it were scored.
    expect(out.trim().split('\n')).toHaveLength(60)
    expect(sent).toBeLessThan(64 * 2 ** 20)
  })
})
