/** What stands below tables, and texts that are not UTF-8. */
import { describe, expect, test } from 'vitest'
import { csv } from './csv.ts'
import type { ReadTableOptions } from './reader.ts'
import { readAll, sourceOf } from './sources.testing.ts'

const latin = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0))
const read = (bytes: Uint8Array, options?: ReadTableOptions) => readAll(csv, sourceOf(bytes), options)
const readText = (text: string, options?: ReadTableOptions) => read(new TextEncoder().encode(text), options)
const rows = Array.from({ length: 20 }, (_, row) => `${['Oslo', 'Rome'][row % 2]},${row},${row / 4}`)
const table = (...below: string[]) => `city,n,x\n${[...rows, ...below].join('\n')}\n`

describe('lines below a table', () => {
  test.each<[string, string[], RegExp]>([
    ['a total', ['Total,190,47.5'], /^left out below the table: line 22 "Total, 190, 47\.5"$/],
    ['a source', ['Source: our office, 2021'], /line 22 "Source: our office, {2}2021"/],
    [
      'a source in a row of its own width, below a blank one',
      [',,', 'Quelle: Amt,,'],
      /^left out below the table: line 23 "Quelle: Amt"$/,
    ],
    [
      'several',
      ['Grand total,1,2', '', '* provisional', '(20 rows affected)'],
      /line 22 .*line 24 .*line 25/,
    ],
    ['a sentence', ['Values are rounded to thousands'], /line 22/],
    ['a total in the second column', [',Total,190'], /line 22/],
  ])('%s are left out and told of', async (_, below, note) => {
    for (const chunkRows of [undefined, 3]) {
      const found = await readText(table(...below), { chunkRows })
      expect(found.rows).toHaveLength(20)
      expect(found.notes).toEqual([expect.stringMatching(note)])
    }
  })

  test.each([
    ['a level that is called so', 'city,n\nTotal,1\nmen,2\nwomen,3\nTotal,4\nmen,5\nwomen,6\nTotal,7\n', 7],
    ['a name that begins so', table('Total Fina,3,4'), 21],
    ['a word beside words', 'what,how,n\nmen,a,1\nwomen,b,2\nTotal,c,3\n', 3],
    ['a last row with gaps', table('Rome,,'), 21],
    ['blank cells at the end', table(',,'), 21],
    ['an only row', 'what,n\nTotal,1\n', 1],
  ])('%s is a row', async (_, text, count) => {
    const found = await readText(text)
    expect(found.rows).toHaveLength(count)
    expect(found).not.toHaveProperty('notes')
  })

  test.each([
    ['a row broken off', table('Rome,3'), ['Rome', '3', ''], 'the row on line 22 has'],
    ['a name broken off', table('Rome At Ni'), ['Rome At Ni', '', ''], 'the row on line 22 has'],
    [
      'short rows in between',
      `city,n,x\nRome,3\n${rows.join('\n')}\nOslo\n${rows.join('\n')}\n`,
      ['Rome', '3', ''],
      '2 rows have fewer cells than the first line (the first is on line 2)',
    ],
  ])('of %s the last cells are missing, and that is said', async (_, text, row, note) => {
    for (const options of [{}, { chunkRows: 3 }, { eager: true }]) {
      const found = await readText(text, options)
      expect(found.rows).toContainEqual(row)
      if (!options.eager) expect(found.notes).toEqual([expect.stringContaining(note)])
      expect(found.notes).toEqual([expect.stringContaining('the last ones are missing there')])
    }
  })
})

describe('texts that are not UTF-8', () => {
  const western = latin('city,n\nZ\u00fcrich,1\nGen\u00e8ve,2\n')
  const note =
    'the text is not UTF-8 and was read as windows-1252; if letters are wrong, name another with --encoding'

  test('are read as windows-1252, wherever the first other byte stands', async () => {
    const late = latin(`city,n\n${'Oslo,1\n'.repeat(20_000)}Z\u00fcrich,1`)
    const end = latin('n,city\n1,Oslo\n2,Caf\u00e9')
    expect(await read(western)).toMatchObject({
      rows: [
        ['Zürich', '1'],
        ['Genève', '2'],
      ],
      notes: [note],
    })
    expect((await read(late)).rows.at(-1)).toEqual(['Zürich', '1'])
    expect(await read(end)).toMatchObject({
      rows: [
        ['1', 'Oslo'],
        ['2', 'Café'],
      ],
      notes: [note],
    })
  })

  test('or as somebody says', async () => {
    const russian = Uint8Array.of(...latin('city,n\n'), 0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0, ...latin(',1\n'))
    expect(await read(russian, { encoding: 'windows-1251' })).toMatchObject({ rows: [['Москва', '1']] })
    expect((await read(russian, { usual: { encoding: 'windows-1251' } })).rows).toEqual([['Москва', '1']])
    await expect(read(russian, { encoding: 'klingon' })).rejects.toThrow('[text/encoding]')
  })

  test.each([
    ['UTF-8 that is torn', Uint8Array.of(...new TextEncoder().encode('city,n\nZürich,1\n'), 0xfc, 10)],
    ['bytes that are no characters', Uint8Array.of(...latin('city,n\n'), 0x81, 0xfc, 10)],
    ['what is no text', Uint8Array.of(...latin('city,n\n'), 0xfc, 1, 2, 10)],
  ])('%s is refused', async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow('[text/utf-8]')
  })
})
