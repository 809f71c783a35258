import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { headLine, keptRows, rowLines } from './kept-rows.ts'

test('rows are read as they were, whatever breaks lines elsewhere and wherever a piece of the file ends', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kept-rows-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const odd = ['a\u2028b', 'c\u2029d', 'e\nf', '\r\n', 'é'.repeat(70_000), '']
  const whole = {
    columns: ['text', 'number'],
    types: [],
    rows: odd.map((text, at) => [text, at === 2 ? -0 : 10n]),
  }
  const path = join(folder, 'rows')
  await writeFile(path, headLine(whole) + rowLines(whole))
  const read: unknown[][] = []
  for await (const { columns, rows } of keptRows(path)) {
    expect(columns).toEqual(whole.columns)
    read.push(...(rows as unknown[][]))
  }
  expect(read).toEqual(whole.rows)
})
