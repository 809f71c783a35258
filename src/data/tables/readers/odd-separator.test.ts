import { expect, test } from 'vitest'
import { checkSeparator } from './odd-separator.ts'

const check =
  (...lines: string[]) =>
  () =>
    checkSeparator(lines.map((line) => [line]))

test.each(['^', '~', '\u0001', '\u001f'])('lines that fall into as many cells by %j are refused', (mark) => {
  const line = ['a', 'b', 'c'].join(mark)
  expect(check(line, line)).toThrow(`lines of one cell that look separated by ${JSON.stringify(mark)}`)
  expect(check(line, ` ${line}\t`)).toThrow('[csv/separator]')
  expect(check(`${line}${mark}`, `${line}${mark}`)).toThrow('[csv/separator]')
})

test('but not those of two cells, of other numbers of them, or of none', () => {
  expect(check('a^b', 'c^d')).not.toThrow()
  expect(check('a^b^c', 'a^b')).not.toThrow()
  expect(check('a^b^c', 'a^b^c^d')).not.toThrow()
  expect(check('a', 'a^b^c')).not.toThrow()
  expect(check('a/b/c', 'd/e/f')).not.toThrow()
  expect(check('a^b^c', 'a~b~c')).not.toThrow()
})
