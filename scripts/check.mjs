/** Everything that is checked without running the code: types, style, floors, dead code, the package. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const checks = [
  ['types', 'tsc --noEmit'],
  ['style', 'biome check --error-on-warnings .'],
  ['floors and cycles', 'depcruise --config .dependency-cruiser.mjs src'],
  ['dead code', 'knip'],
  ['package', 'publint --strict'],
]

const failed = []
for (const [name, command] of checks) {
  console.log(`\n# ${name}: ${command}`)
  const [program, ...args] = command.split(' ')
  const { status } = spawnSync(program, args, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) failed.push(name)
}
console.log(failed.length === 0 ? `\n${checks.length} checks passed` : `\nfailed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
