/**
 * Changes the code a little, a thousand times over, and counts how often the tests notice. Stryker makes the mutants;
 * `docs/mutants.md` is the report, `docs/mutants.json` what it is written from.
 *
 * `npm run mutants -- graph formats --every 10 --seed 3` tries one mutant of ten in two folders; `--every 1` all, which
 * takes hours. `--brief` tries all of a small folder and ends with 1 where too few are noticed, in less than a minute.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { brief, type FolderName, folders } from './mutants/folders.ts'
import { type Record, readRecords, scoreOf, writeRecords } from './mutants/records.ts'
import { reportOf } from './mutants/report.ts'
import { tryFolder } from './mutants/try.ts'

const PAGE = new URL('../docs/mutants.md', import.meta.url)

/** What CI wants of the small folder. */
const LEAST = 0.85

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    every: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '1' },
    brief: { type: 'boolean', default: false },
    /** Writes the page anew from what is kept, when only what was found of survivors has changed. */
    page: { type: 'boolean', default: false },
  },
})

const names = Object.keys(folders) as FolderName[]

async function keep(record: Record): Promise<void> {
  const others = (await readRecords()).filter(({ folder }) => folder !== record.folder)
  await writeRecords(names.flatMap((name) => [...others, record].filter(({ folder }) => folder === name)))
}

const say = (record: Record): void => {
  for (const { place, original, replacement } of record.survivors)
    console.log(`${place}  ${original} → ${replacement}`)
  console.log(`${record.folder}: ${(100 * scoreOf(record)).toFixed(1)}% were noticed`)
}

const concurrency = Number(values.concurrency)

async function tryBrief(): Promise<void> {
  const record = await tryFolder('brief', brief, { every: 2, seed: 1 }, concurrency)
  say(record)
  // Not a number where none was tried.
  if (!(scoreOf(record) >= LEAST)) process.exitCode = 1
}

async function tryFolders(): Promise<void> {
  const sample = { every: Number(values.every), seed: Number(values.seed) }
  const chosen = positionals.length === 0 ? names : names.filter((name) => positionals.includes(name))
  for (const name of chosen) {
    const record = await tryFolder(name, folders[name], sample, concurrency)
    say(record)
    await keep(record)
  }
}

if (values.brief) await tryBrief()
else {
  if (!values.page) await tryFolders()
  await writeFile(PAGE, reportOf(await readRecords()))
}
