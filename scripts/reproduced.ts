/**
 * Writes docs/reproduced.md, the table of published results that were reproduced, from the records that are kept in
 * docs/reproduced.json. `node scripts/reproduced.ts` writes it, `--check` compares, `--record <folder>` first keeps the
 * result that `betavae reproduce` left there, with `--note <words>` about the machine.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { jsonText } from '../src/base/schema.ts'
import {
  format,
  gotText,
  type Reproduction,
  type ReproductionSchedule,
  reproductions,
  scheduleNames,
  wantedText,
} from '../src/inside.node.ts'
import { planDigest, recordSchema } from '../src/reproduce/record.ts'
import { weigh } from '../src/reproduce/weigh.ts'
import { code, table } from './markdown.ts'

const RECORDS = new URL('../docs/reproduced.json', import.meta.url)
const PAGE = new URL('../docs/reproduced.md', import.meta.url)

const keptSchema = z.extend(recordSchema, { note: z.optional(z.string()) })
type Kept = z.infer<typeof keptSchema>

const read = async (): Promise<Kept[]> => jsonText(z.array(keptSchema)).parse(await readFile(RECORDS, 'utf8'))

const scheduleOf = (id: string, name: Kept['schedule']): ReproductionSchedule | undefined =>
  reproductions.find((one) => one.id === id)?.schedules[name]

/** Records of experiments that are no longer what the registry says. */
const stale = (records: readonly Kept[]): Kept[] =>
  records.filter(({ id, schedule, plan }) => {
    const known = scheduleOf(id, schedule)
    return !known || planDigest(known) !== plan
  })

function resultRows(record: Kept): string[][] {
  const { id, schedule, judged, seconds, engine, threads, processor, note } = record
  const weighed = weigh(scheduleOf(id, schedule) as ReproductionSchedule, judged)
  return weighed.map(({ name, wanted, from, got, hit, note: more }, i) => [
    i === 0 ? `${code(id)} ${schedule}` : '',
    more === undefined ? name : `${name} (${more})`,
    `${wantedText(wanted)}${from === 'own' ? ' *' : ''}`,
    gotText(got, wanted),
    hit ? 'hit' : '**miss**',
    i === 0
      ? `${format.duration(seconds)}; ${engine}, ${format.counted(threads, 'thread')} of ${processor}${note === undefined ? '' : `, ${note}`}`
      : '',
  ])
}

const sourceRow = ({ id, what, source, differences, schedules }: Reproduction, records: readonly Kept[]) => {
  const open = scheduleNames.filter(
    (name) => schedules[name] && !records.some((record) => record.id === id && record.schedule === name),
  )
  return [code(id), what, source, differences ?? '', open.length > 0 ? `not run: ${open.join(', ')}` : '']
}

/** The whole page. */
function page(records: readonly Kept[]): string {
  const results = table(['Result', 'Number', 'Wanted', 'Got', 'Verdict', 'Time'], records.flatMap(resultRows))
  const sources = table(
    ['Result', 'What', 'Source', 'Otherwise than there', ''],
    reproductions.map((one) => sourceRow(one, records)),
  )
  return `# Published results, reproduced

\`betavae reproduce\` lists them, \`betavae reproduce <id>\` trains, judges and compares. This page is written by
\`npm run reproduced\` from docs/reproduced.json, which keeps what came out; verdicts follow from the targets in the code.
A star marks a number that is not published but was taken from a run here: it guards what comes later, and its own hit
proves nothing.

${results}

## Where they come from

${sources}
`
}

async function keep(folder: string, note: string | undefined): Promise<void> {
  const text = await readFile(join(folder, 'result.json'), 'utf8')
  const { results: _, verdict: __, ...record } = JSON.parse(text) as Record<string, unknown>
  const kept = keptSchema.parse({ ...record, ...(note === undefined ? {} : { note }) })
  const others = (await read()).filter(({ id, schedule }) => id !== kept.id || schedule !== kept.schedule)
  const order = ({ id, schedule }: Kept) =>
    2 * reproductions.findIndex((one) => one.id === id) + scheduleNames.indexOf(schedule)
  const all = [...others, kept].sort((a, b) => order(a) - order(b))
  await writeFile(RECORDS, `${JSON.stringify(all, null, 2)}\n`)
}

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, record: { type: 'string' }, note: { type: 'string' } },
})
if (values.record !== undefined) await keep(values.record, values.note)
const records = await read()
const old = stale(records)
if (old.length > 0) {
  const names = old.map(({ id, schedule }) => `${id} ${schedule}`).join(', ')
  console.error(`docs/reproduced.json holds results of other recipes: run again ${names}`)
  process.exitCode = 1
} else if (!values.check) await writeFile(PAGE, page(records))
else if ((await readFile(PAGE, 'utf8').catch(() => '')) !== page(records)) {
  console.error('docs/reproduced.md is not what docs/reproduced.json says: run npm run reproduced')
  process.exitCode = 1
}
