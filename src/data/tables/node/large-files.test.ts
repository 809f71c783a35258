import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { largeFile } from './large-files.ts'

const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid
const nameOf = (pid: number, ending: string) =>
  `betavae-${pid}-5b1f7e1e-0000-4000-8000-000000000000.${ending}`

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'betavae-large-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('what dead processes have left goes, files and folders, and nothing else', () => {
  const folder = place()
  const dead = deadPid()
  const living = nameOf(process.ppid, 'rows')
  for (const name of [nameOf(dead, 'rows'), living, 'betavae-notes.rows'])
    writeFileSync(join(folder, name), '')
  mkdirSync(join(folder, nameOf(dead, 'duckdb'), 'deep'), { recursive: true })
  vi.stubEnv('TMPDIR', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  largeFile().remove()
  expect(readdirSync(folder).sort()).toEqual([living, 'betavae-notes.rows'].sort())
})

/** As another user, where this one may become it and that one may read what runs here. */
const [program, ...asOther] = [
  'setpriv',
  '--reuid=65534',
  '--regid=65534',
  '--clear-groups',
  process.execPath,
]
const otherUser = spawnSync(program, [...asOther, join(import.meta.dirname, 'large-files.ts')]).status === 0

test.runIf(otherUser)("what another user's dead process has left is in nobody's way", () => {
  const folder = place()
  chmodSync(folder, 0o1777)
  const left = nameOf(deadPid(), 'rows')
  writeFileSync(join(folder, left), '')
  const script = `import { largeFile } from ${JSON.stringify(join(import.meta.dirname, 'large-files.ts'))}
    largeFile().remove()`
  const { status, stderr } = spawnSync(program, [...asOther, '--input-type=module', '--eval', script], {
    env: { ...process.env, TMPDIR: folder },
    encoding: 'utf8',
  })
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
  expect(readdirSync(folder)).toEqual([left])
})
