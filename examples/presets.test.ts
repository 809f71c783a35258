/** Every preset has an example, which holds itself to a quality bar and says how to do the same on the command line. */
import { readFile } from 'node:fs/promises'
import { presets } from 'betavae'
import { describe, expect, test } from 'vitest'
import { inProcess } from '../src/apps/cli/running.testing.ts'

describe.each(presets)('$name', ({ name }) => {
  test('is what it is for', async () => {
    await import(`./presets/${name}.ts`)
  }, 120_000)

  test('on the command line', async () => {
    const source = await readFile(new URL(`presets/${name}.ts`, import.meta.url), 'utf8')
    const [, line] = /npx betavae train (.*)/.exec(source) ?? []
    const words = Array.from(line.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word)
    // What training takes, explain takes, and refuses in the same words.
    const { out, err } = await inProcess('explain', ...words, '--recipe')
    expect(err).toBe('')
    expect(JSON.parse(out)).toMatchObject({ data: { source: 'digits' }, objective: { name } })
  })
})
