/**
 * Attacks the product and keeps what came of it: docs/attacks.json, and docs/attacks.md made of that.
 * `npm run attack -- kills` runs one attack, `… kills digits table` some of its subjects, `--times 20` fewer of each,
 * which is not kept; without a name the page is written anew. Kills start the built package: `npm run build` first.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { jsonText } from '../src/base/schema.ts'
import type { Attack, Row } from './attack/attack.ts'
import { attacks } from './attack/index.ts'
import { table } from './markdown.ts'

const RECORDS = new URL('../docs/attacks.json', import.meta.url)
const PAGE = new URL('../docs/attacks.md', import.meta.url)

const recordSchema = z.object({
  attack: z.string(),
  subject: z.string(),
  date: z.string(),
  row: z.record(z.string(), z.union([z.string(), z.number()])),
})
type Kept = z.infer<typeof recordSchema>

const read = async (): Promise<Kept[]> =>
  jsonText(z.array(recordSchema)).parse(await readFile(RECORDS, 'utf8').catch(() => '[]'))

/** Records in the order of attacks and subjects; what is no attack any more is dropped. */
const ordered = (records: readonly Kept[]): Kept[] =>
  attacks.flatMap(({ name, subjects }) =>
    subjects.flatMap((subject) => records.filter((one) => one.attack === name && one.subject === subject)),
  )

async function keep(attack: Attack, subject: string, row: Row): Promise<void> {
  const others = (await read()).filter((one) => one.attack !== attack.name || one.subject !== subject)
  const record = { attack: attack.name, subject, date: new Date().toISOString().slice(0, 10), row }
  const all = ordered([...others, record])
  await writeFile(RECORDS, `${JSON.stringify(all, null, 2)}\n`)
  await writeFile(PAGE, page(all))
}

function section({ name, title, about }: Attack, records: readonly Kept[]): string {
  const own = records.filter(({ attack }) => attack === name)
  const columns = [...new Set(own.flatMap(({ row }) => Object.keys(row)))]
  const rows = own.map(({ subject, date, row }) => [
    subject,
    ...columns.map((column) => String(row[column] ?? '')),
    date,
  ])
  const all = own.reduce((sum, { row }) => sum + Number(row[name] ?? 0), 0)
  return `## ${title}

${about}${all > 0 ? ` In all: ${all.toLocaleString('en')} ${name}.` : ''} Again: \`npm run attack -- ${name}\`.

${table(['Subject', ...columns, 'Date'], rows)}
`
}

const page = (records: readonly Kept[]): string => `# Attacks

What the product was attacked with, and what came of it. This page is written by \`npm run attack\`; the same code,
fewer times, is among the tests (\`test/attack\`). Times are of processor time unless said otherwise.

${attacks.map((attack) => section(attack, records)).join('\n')}`

const { values, positionals } = parseArgs({
  options: { times: { type: 'string' } },
  allowPositionals: true,
})
const [name, ...subjects] = positionals
if (name === undefined) await writeFile(PAGE, page(await read()))
else await launch(name, subjects, values.times)

async function launch(name: string, wanted: readonly string[], given: string | undefined): Promise<void> {
  const attack = attacks.find((one) => one.name === name)
  if (!attack) throw new Error(`wanted one of: ${attacks.map((one) => one.name).join(', ')}`)
  const unknown = wanted.filter((subject) => !attack.subjects.includes(subject))
  if (unknown.length > 0) throw new Error(`no ${unknown.join(', ')}; there are ${attack.subjects.join(', ')}`)
  console.error(`${attack.title}, ${cpus().length} cores`)
  for (const subject of wanted.length > 0 ? wanted : attack.subjects) {
    const row = await attack.run(subject, Number(given ?? attack.times), (line) =>
      console.error(`${subject}: ${line}`),
    )
    console.log(JSON.stringify({ subject, ...row }))
    if (given === undefined) await keep(attack, subject, row)
  }
}
