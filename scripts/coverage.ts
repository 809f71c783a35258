/**
 * Which lines tests run, by floor: `npm run coverage` of all tests, `npm run coverage -- src/graph` of some. What runs in
 * processes and threads that tests start is counted, what runs in a browser is not. Writes `coverage/coverage.json`.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { KEPT, root } from './coverage/counting.ts'
import { coverage } from './coverage/floors.ts'

/** Wanted of every floor, in percent of its lines. */
const WANTED = 90
const WORST = 15

const tests = process.argv.slice(2)
rmSync(KEPT, { recursive: true, force: true })
mkdirSync(KEPT, { recursive: true })
const hook = pathToFileURL(join(root, 'scripts', 'coverage', 'hook.mjs'))
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...['--config', join(root, 'scripts', 'coverage', 'vitest.config.ts')],
    ...tests,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning --import=${hook}`,
    },
  },
)

const { floors, files } = coverage()
const percent = (ran: number, lines: number): string =>
  `${((100 * ran) / Math.max(1, lines)).toFixed(1).padStart(6)}%`
console.log('floor  folder            lines      ran')
for (const { floor, folder, lines, ran } of floors)
  console.log(
    `${floor.padStart(5)}  ${folder.padEnd(14)} ${String(lines).padStart(8)}  ${percent(ran, lines)}`,
  )
console.log('\nmost lines that did not run')
for (const { path, lines, ran } of files.slice(0, WORST))
  console.log(`${String(lines - ran).padStart(5)}  ${percent(ran, lines)}  ${path}`)
mkdirSync(join(root, 'coverage'), { recursive: true })
writeFileSync(join(root, 'coverage', 'coverage.json'), `${JSON.stringify({ floors, files }, null, 1)}\n`)

// Of some tests alone a floor has less; it counts where all ran.
const low = floors.filter(({ floor, lines, ran }) => floor !== '' && 100 * ran < WANTED * lines)
if (tests.length === 0 && low.length > 0)
  console.error(`\nunder ${WANTED}%: ${low.map(({ folder }) => folder).join(', ')}`)
process.exitCode = status !== 0 || (tests.length === 0 && low.length > 0) ? 1 : 0
