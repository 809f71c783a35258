/** What a server can be asked of a model: each operation's options and what its body holds; one definition for checking, documents and forms. */
import * as z from 'zod/mini'
import { allSamplers } from '../../../infer/samplers/index.ts'

/** What is sent with a request: rows, codes, or nothing. */
export type Sent = 'rows' | 'codes' | 'nothing'

export interface Operation {
  readonly name: string
  readonly summary: string
  readonly sent: Sent
  /** What it gives: a score for each row, codes, or rows. */
  readonly given: 'scores' | 'codes' | 'rows'
  /** Options, which stand in the query of the address whatever the body is. */
  readonly options: z.ZodMiniObject
  /** Whether models of tables alone have it. */
  readonly ofTables?: true
}

function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  z.globalRegistry.add(schema, { description })
  return schema
}

const share = (description: string) =>
  z.optional(described(z.coerce.number().check(z.gt(0), z.lte(1)), description))
const wholeNumber = (minimum: number, maximum: number, description: string) =>
  z.optional(described(z.coerce.number().check(z.int(), z.gte(minimum), z.lte(maximum)), description))

const unseen = z.optional(
  described(
    z.enum(['missing', 'error']),
    'What becomes of a cell that the model cannot read, such as a level that training never saw: it counts as missing and is named in the answer, or the request is refused.',
  ),
)

const where = (description: string) => z.optional(described(z.string(), description))
const OF_CONDITION = 'of a model with a condition, such as label=3 or age=40,sex=f.'

const allOperations = [
  {
    name: 'score',
    summary: 'How unusual each row is, and which of its cells make it so',
    sent: 'rows',
    given: 'scores',
    options: z.strictObject({
      falseAlarm: share('Share of normal rows that may be flagged.'),
      contamination: share('Share of rows that are expected to be anomalies, instead.'),
      causes: wholeNumber(0, 100, 'Causes to tell of each row at most; 5 where nothing is said.'),
      unseen,
    }),
  },
  {
    name: 'encode',
    summary: 'The code of each row: means and log-variances of its posterior',
    sent: 'rows',
    given: 'codes',
    options: z.strictObject({ unseen }),
  },
  {
    name: 'decode',
    summary: 'The row that each code stands for',
    sent: 'codes',
    given: 'rows',
    options: z.strictObject({
      where: where(
        `What is to be known of the rows, ${OF_CONDITION} What it does not name is as the body says, or else as is most usual. Codes of which the body says nothing are taken as drawn from the prior as a whole.`,
      ),
    }),
  },
  {
    name: 'reconstruct',
    summary: 'What comes back of each row through its code',
    sent: 'rows',
    given: 'rows',
    options: z.strictObject({
      unseen,
      where: where(`What is to be other than it was, ${OF_CONDITION} The code keeps its place in the prior.`),
    }),
  },
  {
    name: 'impute',
    summary: 'The same rows with their gaps filled',
    sent: 'rows',
    given: 'rows',
    ofTables: true,
    options: z.strictObject({ unseen }),
  },
  {
    name: 'sample',
    summary: 'New rows like those of the training',
    sent: 'nothing',
    given: 'rows',
    options: z.strictObject({
      count: wholeNumber(1, Number.MAX_SAFE_INTEGER, 'How many; 10 where nothing is said.'),
      seed: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'Decides the draws; 0 where nothing is said.'),
      from: z.optional(described(z.enum(allSamplers.map(({ name }) => name)), 'Where codes come from.')),
      where: where(
        'What is to be known of the rows of a model with a condition, such as label=3; of tables also what every row meets, such as species=Adelie,mass>4000.',
      ),
    }),
  },
] as const satisfies readonly Operation[]

export const operations: readonly Operation[] = allOperations
export type OperationName = (typeof allOperations)[number]['name']

/** The options of an operation as they come to a thread; a union of all. */
export interface AskedOptions {
  readonly falseAlarm?: number
  readonly contamination?: number
  readonly causes?: number
  readonly unseen?: 'missing' | 'error'
  readonly count?: number
  readonly seed?: number
  readonly from?: (typeof allSamplers)[number]['name']
  readonly where?: string
}
