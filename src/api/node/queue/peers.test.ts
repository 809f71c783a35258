import { existsSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { openQueue } from './open-queue.ts'

const there = vi.hoisted(() => new Set<string>())
vi.mock('../../../data/node/installed.ts', async (original) => {
  const { installed } = await original<typeof import('../../../data/node/installed.ts')>()
  return { installed: (name: string) => (there.has(name) ? installed(name) : undefined) }
})

test.each([
  ['postgres://ann@127.0.0.1:1/jobs', [], 'npm install pg-boss'],
  ['nowhere', [], 'npm install pg-boss @electric-sql/pglite'],
  ['nowhere', ['@electric-sql/pglite'], 'npm install pg-boss'],
  ['nowhere', ['pg-boss'], 'npm install @electric-sql/pglite'],
])('a queue in %s, with %j installed, wants: %s', async (place, names, fix) => {
  there.clear()
  for (const name of names) there.add(name)
  await expect(openQueue(place)).rejects.toMatchObject({ code: 'peer/missing', fix, usage: true })
  expect(existsSync('nowhere')).toBe(false)
})
