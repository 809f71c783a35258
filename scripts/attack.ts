/**
 * Attacks the product and keeps what came of it: docs/attacks.json, and docs/attacks.md made of that.
 * `npm run attack -- kills` runs one attack, `… kills digits table` some of its subjects, `--times 20` fewer of each,
 * which is not kept. Kills start the built package: `npm run build` first.
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
  return `## ${title}

${about} Again: \`npm run attack -- ${name}\`.

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
const attack = attacks.find((one) => one.name === name)
if (!attack) throw new Error(`wanted one of: ${attacks.map((one) => one.name).join(', ')}`)
const unknown = subjects.filter((subject) => !attack.subjects.includes(subject))
if (unknown.length > 0) throw new Error(`no ${unknown.join(', ')}; there are ${attack.subjects.join(', ')}`)
console.error(`${attack.title}, ${cpus().length} cores`)
for (const subject of subjects.length > 0 ? subjects : attack.subjects) {
  const times = values.times === undefined ? attack.times : Number(values.times)
  const row = await attack.run(subject, times, (line) => console.error(`${subject}: ${line}`))
  console.log(JSON.stringify({ subject, ...row }))
  if (values.times === undefined) await keep(attack, subject, row)
}
