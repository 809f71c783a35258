/** What is kept of a run of mutants over one folder. */
import { readFile, writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { jsonText } from '../../src/base/schema.ts'

const RECORDS = new URL('../../docs/mutants.json', import.meta.url)

const survivorSchema = z.strictObject({
  /** Path, line and column. */
  place: z.string(),
  mutator: z.string(),
  /** The line's text from the mutant on, and what stood there instead. */
  original: z.string(),
  replacement: z.string(),
  /** False where no test ran the code. */
  isCovered: z.boolean(),
})

const recordSchema = z.strictObject({
  folder: z.string(),
  /** Mutants there are, without those of words. */
  mutants: z.number(),
  every: z.number(),
  seed: z.number(),
  commit: z.string(),
  date: z.string(),
  minutes: z.number(),
  killed: z.number(),
  /** Mutants that did not end; they count as killed. */
  timedOut: z.number(),
  /** Drawn, but run only when a module is loaded, or so that no test could begin. */
  leftOut: z.number(),
  survivors: z.array(survivorSchema),
})

/** A mutant that no test noticed. */
export type Survivor = z.infer<typeof survivorSchema>
export type Record = z.infer<typeof recordSchema>

export const readRecords = async (): Promise<Record[]> =>
  jsonText(z.array(recordSchema)).parse(await readFile(RECORDS, 'utf8'))

export const writeRecords = (records: readonly Record[]): Promise<void> =>
  writeFile(RECORDS, `${JSON.stringify(records, null, 2)}\n`)

export const triedOf = ({ killed, timedOut, survivors }: Record): number =>
  killed + timedOut + survivors.length

/** The share of mutants that a test noticed. */
export const scoreOf = (record: Record): number => 1 - record.survivors.length / triedOf(record)

/**
 * Where the score of all mutants lies with 95%: Wilson 1927, with the variance of draws without replacement, so that
 * there is nothing left to doubt where all were tried.
 */
export function intervalOf(record: Record): readonly [low: number, high: number] {
  const tried = triedOf(record)
  const share = scoreOf(record)
  const spread = (1.96 ** 2 / tried) * (1 - tried / record.mutants)
  const middle = (share + spread / 2) / (1 + spread)
  const half = Math.sqrt(spread * share * (1 - share) + spread ** 2 / 4) / (1 + spread)
  return [middle - half, middle + half]
}
