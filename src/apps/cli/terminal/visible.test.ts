import fc from 'fast-check'
import { expect, test } from 'vitest'
import { terminalOf } from './terminal.ts'
import { visible } from './visible.ts'

test.each([
  ['a\u001b]0;title\u0007b', 'a␛]0;title␇b'],
  ['\u001b[2J\u001b[31mred', '␛[2J␛[31mred'],
  ['back\u0008space, bare\rreturn', 'back␈space, bare␍return'],
  ['\u009b31m and \u007f', '\ufffd31m and ␡'],
  ['tabs\tand lines\r\nand\n', 'tabs\tand lines\r\nand\n'],
  ['\u001b[1mbold\u001b[22m', '\u001b[1mbold\u001b[22m'],
  ['a\n[1m', 'a\n[1m'],
  ['\u0007[1m', '␇[1m'],
  ['Zoë 🙂 ﷽', 'Zoë 🙂 ﷽'],
])('%j is shown', (text, shown) => {
  expect(visible(text)).toBe(shown)
})

test('no text commands a terminal, and data that are piped stay as they are', () => {
  const written = { tty: '', piped: '', said: '' }
  const to = (key: keyof typeof written, isTTY: boolean) => ({
    isTTY,
    columns: 40,
    write(text: string) {
      written[key] += text
    },
  })
  const onTerminal = terminalOf(to('tty', true), to('said', true), { NO_COLOR: '1' })
  const piped = terminalOf(to('piped', false), to('said', false), {})
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('\u001b', '[', '3', '1', 'm', '\u0007', ' ', 'x', '\u009b', '\r') }),
      (text) => {
        onTerminal.out(text)
        onTerminal.tell([text])
        onTerminal.say(text)
        piped.say(text)
        written.piped = ''
        piped.out(text)
        expect(written.piped).toBe(text)
      },
    ),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(written.tty + written.said).not.toMatch(/\u001b(?!\[(1|2|22|33|36|39)m)|[\u0007\u009b\r]/)
})
