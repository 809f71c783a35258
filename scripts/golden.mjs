/** Compares the golden programs, or with --accept writes them anew. */
import { spawnSync } from 'node:child_process'

const accept = process.argv.includes('--accept')
const { status } = spawnSync('vitest', ['run', 'test/golden', ...(accept ? ['--update'] : [])], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exitCode = status ?? 1
