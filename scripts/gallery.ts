/**
 * Makes the pictures of the site's gallery in docs/gallery by the command lines that stand under them:
 * `node scripts/gallery.ts`, about two minutes.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pictureLines, trainingLines } from './site/gallery-lines.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const main = join(root, 'src', 'apps', 'cli', 'main.ts')
const out = join(root, 'docs', 'gallery')
const folder = mkdtempSync(join(tmpdir(), 'gallery-'))
try {
  const run = (line: string) =>
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...line.split(' ')], {
      cwd: folder,
      stdio: 'inherit',
    })
  trainingLines.forEach(run)
  mkdirSync(out, { recursive: true })
  for (const { file, line } of pictureLines) {
    run(`${line} --out ${file}`)
    cpSync(join(folder, file), join(out, file))
  }
} finally {
  rmSync(folder, { recursive: true })
}
