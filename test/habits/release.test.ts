/** A release is made of a whole, honest tree or not at all; tried in a small repository that stands for ours. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
let folder: string

const files = {
  'package.json': '{ "name": "betavae", "version": "0.1.0" }\n',
  'package-lock.json': `${JSON.stringify({ version: '0.1.0', packages: { '': { version: '0.1.0' }, 'node_modules/a': { version: '9.9.9' } } }, null, 2)}\n`,
  'src/export/version.ts': "export const version = '0.1.0'\n",
  'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\nNews.\n\n## 0.1.0 (2026-11-22)\n\nThe first.\n',
  'docs/api.md': 'version 0.1.0\n',
  // What the real one does, of one file.
  'scripts/api.mjs': `import { readFileSync, writeFileSync } from 'node:fs'
const [, version] = /'(.*)'/.exec(readFileSync('src/export/version.ts', 'utf8'))
const said = 'version ' + version + '\\n'
if (!process.argv.includes('--check')) writeFileSync('docs/api.md', said)
else if (readFileSync('docs/api.md', 'utf8') !== said) process.exitCode = 1
`,
  'scripts/notice.mjs': "import { writeFileSync } from 'node:fs'\nwriteFileSync('NOTICE', 'made')\n",
  NOTICE: 'old',
}

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const read = (path: string) => readFileSync(join(folder, path), 'utf8')
const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, encoding: 'utf8' }).trim()
const commit = () => {
  git('add', '--all')
  git('commit', '--quiet', '--message', 'As it stands')
}
const release = (version: string) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join('scripts', 'release.ts'), version],
    { cwd: folder, encoding: 'utf8' },
  )
  return { status, said: stderr.trim() }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'))
  for (const [path, text] of Object.entries(files)) write(path, text)
  cpSync(join(root, 'scripts', 'release.ts'), join(folder, 'scripts', 'release.ts'))
  git('init', '--quiet')
  git('config', 'user.name', 'Ann')
  git('config', 'user.email', 'ann@example.org')
  commit()
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a release has its number everywhere, a date, a commit and a tag', () => {
  expect(release('0.2.0')).toEqual({ status: 0, said: expect.stringContaining('npm publish') })
  expect(JSON.parse(read('package.json')).version).toBe('0.2.0')
  expect(JSON.parse(read('package-lock.json'))).toEqual({
    version: '0.2.0',
    packages: { '': { version: '0.2.0' }, 'node_modules/a': { version: '9.9.9' } },
  })
  expect(read('src/export/version.ts')).toBe("export const version = '0.2.0'\n")
  expect(read('docs/api.md')).toBe('version 0.2.0\n')
  expect(read('NOTICE')).toBe('made')
  expect(read('CHANGELOG.md')).toMatch(/^## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\nNews\.$/m)
  expect(git('status', '--porcelain')).toBe('')
  expect(git('describe', '--tags')).toBe('v0.2.0')
})

test.each<[string, string, () => void, string]>([
  ['a file was changed', '0.2.0', () => write('docs/api.md', 'version 0.1.0\n\n'), 'the tree has changes'],
  ['a file is new', '0.2.0', () => write('new.ts', ''), 'the tree has changes'],
  [
    'the report of the API is stale',
    '0.2.0',
    () => {
      write('docs/api.md', 'version 0.0.9\n')
      commit()
    },
    'docs/api.md is not what the sources export',
  ],
  [
    'nothing is new',
    '0.2.0',
    () => {
      write('CHANGELOG.md', files['CHANGELOG.md'].replace('News.\n\n', ''))
      commit()
    },
    'says nothing under “## Unreleased”',
  ],
  ['the tag is taken', '0.2.0', () => git('tag', 'v0.2.0'), 'there is a tag v0.2.0 already'],
  ['the number is the last one', '0.1.0', () => {}, 'does not come after 0.1.0'],
  ['the number is smaller', '0.0.12', () => {}, 'does not come after 0.1.0'],
  ['the number is none', 'next', () => {}, 'version "next" does not come after'],
])('nothing is released or written where %s', (_, version, change, said) => {
  change()
  const [before, status] = [git('rev-parse', 'HEAD'), git('status', '--porcelain')]
  expect(release(version)).toEqual({ status: 1, said: expect.stringContaining(said) })
  expect(git('rev-parse', 'HEAD')).toBe(before)
  expect(git('status', '--porcelain')).toBe(status)
})
