import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { linesOf } from './body.ts'

/** What comes of a text that arrives in pieces of so many characters. */
async function parts(text: string, size: number, longest = 2 ** 24): Promise<string[]> {
  const body = new PassThrough({ highWaterMark: 2 ** 16 })
  const got: string[] = []
  for (let at = 0; at < text.length; at += size) body.write(text.slice(at, at + size))
  body.end()
  const lines = linesOf(body as unknown as IncomingMessage, longest)
  for await (const bytes of lines) got.push(Buffer.from(bytes).toString())
  return got
}

const line = (length: number) => `${'x'.repeat(length - 1)}\n`

test.each([
  ['short lines', line(100).repeat(5000), 1000],
  ['one without an end', `${line(50).repeat(10)}{"a": 1}`, 7],
  ['a long one among short ones', line(10) + line(2 ** 20) + line(10), 2 ** 14],
  ['nothing but a long one', line(2 ** 20), 2 ** 12],
])('%s come whole, in their order, some at a time', async (_, text, size) => {
  const got = await parts(text, size)
  expect(got.join('')).toBe(text)
  for (const part of got.slice(0, -1)) expect(part.endsWith('\n')).toBe(true)
  // No more than asked for, but for a line that is longer by itself.
  for (const part of got) expect(part.length <= 2 ** 17 || part.indexOf('\n') === part.length - 1).toBe(true)
})

test('a line that is too long is refused before it ends, however many short ones come', async () => {
  expect((await parts(line(500).repeat(1000), 4000, 1000)).join('')).toHaveLength(500_000)
  await expect(parts(`${line(10)}${'x'.repeat(5000)}`, 100, 1000)).rejects.toMatchObject({
    code: 'serve/body-size',
  })
})
