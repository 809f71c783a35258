import { afterAll, expect, test } from 'vitest'
import { inProcess, start, temporaryFolder } from './running.testing.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)

test('doctor tries every engine', async () => {
  const { engines, auto } = JSON.parse((await inProcess('doctor', '--json')).out) as {
    engines: { name: string; works: boolean }[]
    auto: string
  }
  expect(engines.find(({ name }) => name === 'wasm')).toMatchObject({ works: true })
  expect(engines.find(({ name }) => name === auto)).toMatchObject({ works: true })
})

test('--help of every verb tells its options and examples', async () => {
  const { verbs } = await import('./commands/index.ts')
  for (const { name, summary } of verbs) {
    const { code, out } = await inProcess(name, '--help')
    expect(code).toBe(0)
    expect(out).toContain(`Usage: betavae ${name}`)
    expect(out).toContain(summary)
    expect(out).toContain(`Examples:\n  betavae ${name}`)
    // Every option says what it is for.
    expect(out).not.toMatch(/^ {2}--\S+( <\S+>)?\s*(\(default.*)?$/m)
  }
})

test('betavae --help loads none of what verbs need', async () => {
  const hook = `data:text/javascript,${encodeURIComponent(
    "import { registerHooks } from 'node:module'; registerHooks({ resolve(s, c, next) { const r = next(s, c); if (r.url.startsWith('file:')) process.stderr.write(r.url + '\\n'); return r } })",
  )}`
  const { code, out, err } = await start(folder.path, ['--help'], ['--import', hook]).ended
  expect(code).toBe(0)
  expect(out).toContain('train a model on data')
  const loaded = err.split('\n').map((url) => url.split('/src/')[1] ?? url)
  expect(loaded.filter((name) => name !== '')).toMatchInlineSnapshot(`
    [
      "apps/cli/main.ts",
      "apps/cli/cli.ts",
      "apps/cli/commands/index.ts",
      "apps/cli/exit.ts",
      "apps/cli/overview.ts",
      "apps/cli/commands/index.ts",
      "apps/cli/examples.ts",
      "apps/cli/terminal/letters.ts",
      "apps/cli/terminal/lines.ts",
      "apps/cli/terminal/letters.ts",
      "apps/cli/terminal/lines.ts",
      "apps/cli/with.ts",
      "apps/cli/exit.ts",
      "apps/cli/terminal/terminal.ts",
      "apps/cli/terminal/lines.ts",
      "apps/cli/terminal/visible.ts",
    ]
  `)
})
