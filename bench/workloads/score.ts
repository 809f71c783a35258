import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { version } from '../../src/inside.node.ts'
import { ours, python } from '../contestants/index.ts'
import { contestantsFolder, wholly } from '../race/contenders.ts'
import type { Race } from '../race/contest.ts'
import type { StartPlace } from '../race/program-channel.ts'
import type { Whole } from '../race/whole-channel.ts'
import { buildAnew, root } from './startup.ts'

const [KNOWN, NEW, COLUMNS] = [5000, 1_000_000, 30]
const KNOWN_FILE = 'known.csv'
const NEW_FILE = 'new.csv'

/** Scores of a large table from the shell: library, fitted model and CSV are read, a CSV of scores is written. */
export const scoreRace = (): Race => ({
  name: 'score-1e6',
  title: `${NEW.toLocaleString('en')} rows of ${COLUMNS} columns scored from the shell, from CSV to CSV`,
  ours,
  contenders: [
    wholly(ours, product),
    wholly('pyod-vae', () => inPython('vae', 'pyod')),
    wholly('pyod-iforest', () => inPython('forest', 'pyod')),
    wholly('sklearn-iforest', () => inPython('sklearn', 'scikit-learn')),
  ],
  prepare: async (cwd) => {
    buildAnew()
    await writeTable(join(cwd, KNOWN_FILE), KNOWN)
    await writeTable(join(cwd, NEW_FILE), NEW)
    execFileSync(process.execPath, [cli, 'train', KNOWN_FILE, '--out', 'run', '--no-report'], {
      cwd,
      stdio: 'pipe',
    })
    for (const kind of ['vae', 'forest', 'sklearn'])
      execFileSync(python, [script, 'fit', kind, KNOWN_FILE], { cwd, stdio: 'pipe' })
    return { cwd } satisfies StartPlace
  },
  warmup: 1,
  wanted: [],
})

const cli = join(root, 'bin/betavae.js')
const script = join(contestantsFolder, 'score.py')

async function product(): Promise<Whole> {
  return {
    command: [process.execPath, cli, 'score', 'run', NEW_FILE, '--out', 'scores.csv'],
    version,
    note: 'betavae score, with p-values and causes',
  }
}

async function inPython(kind: string, module: string): Promise<Whole> {
  const says = ['-c', `from importlib.metadata import version; print(version("${module}"), end="")`]
  return {
    command: [python, script, 'score', kind, NEW_FILE],
    version: execFileSync(python, says, { encoding: 'utf8', stdio: 'pipe' }),
    note: 'a script with pandas, scores alone',
  }
}

/** Columns that a few common causes make. */
async function writeTable(path: string, count: number): Promise<void> {
  let state = count
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
  const file = createWriteStream(path)
  file.write(`${Array.from({ length: COLUMNS }, (_, i) => `c${i}`).join(',')}\n`)
  for (let row = 0; row < count; row++) {
    const causes = [random(), random(), random(), random()]
    const cells = Array.from({ length: COLUMNS }, (_, i) =>
      (causes[i % 4] + 0.5 * causes[(i + 1) % 4] + 0.3 * random()).toFixed(5),
    )
    if (!file.write(`${cells.join(',')}\n`)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
}
