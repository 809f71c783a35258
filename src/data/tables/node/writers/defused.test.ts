import { expect, test } from 'vitest'
import { defused } from './defused.ts'
import { csv } from './separated.ts'

test.each(["=cmd|' /C calc'!A0", '@SUM(1)', '+A1', '-A1+2', '-1+cmd|x', ' =1', '\t=1', '＝1', '--A1'])(
  '%j is shown, not computed',
  (cell) => {
    expect(defused(cell)).toBe(`'${cell}`)
  },
)

test.each([
  '-5',
  '+1.234,50',
  '-3e-4',
  '-12 %',
  "-1'000.5",
  '-.5',
  '-',
  '--',
  '+',
  '-5 €',
  'a=b',
  '',
  'x',
  -5,
  null,
  true,
])('%j stays as it is', (cell) => {
  expect(defused(cell)).toBe(cell)
})

async function written(isDefused: boolean | undefined): Promise<string> {
  let text = ''
  const columns = [
    { name: '=a', type: { kind: 'text' } as const },
    { name: 'b', type: { kind: 'double' } as const },
  ]
  const table = await csv.open(
    columns,
    async (piece) => {
      text += piece
    },
    { isDefused },
  )
  await table.rows([['=HYPERLINK("x")', -5]])
  await table.done()
  return text
}

test('data stay data unless a spreadsheet is to read them', async () => {
  expect(await written(undefined)).toBe('=a,b\n"=HYPERLINK(""x"")",-5\n')
  expect(await written(true)).toBe('\ufeff\'=a,b\n"\'=HYPERLINK(""x"")",-5\n')
})
