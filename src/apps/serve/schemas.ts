/** What is sent and answered, as schemas: the document of the server is made of them, and tests hold answers to them. */
import * as z from 'zod/mini'

const text = (description: string) => z.string().check(z.describe(description))

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
const tableRow = z.record(z.string(), cell)
const numbers = z.array(z.number())
const row = z.union([tableRow, z.array(z.unknown())])

const cause = z.object({
  column: z.string(),
  seen: cell,
  expected: cell,
  nats: z.number().check(z.describe('What speaks against the cell, in nats.')),
  alone: z.number().check(z.describe('What it costs by itself, in its column alone, in nats.')),
})

const scoredRow = z.object({
  score: z.optional(z.number().check(z.describe('The greater, the less usual. Models of tables have it.'))),
  reconstruction: z.number().check(z.describe('−log p(x|z), in nats.')),
  kl: z.optional(z.number()),
  elbo: z.optional(z.number().check(z.describe('−(reconstruction + kl).'))),
  p: z.optional(z.number().check(z.describe('Share of held-out rows that score at least as much.'))),
  flagged: z.optional(z.boolean()),
  foundBy: z.optional(text('Which detector finds the row most unusual.')),
  causes: z.optional(z.array(cause)),
  unread: z.optional(
    z
      .array(z.string())
      .check(z.describe('Columns whose cells count as missing because they cannot be read.')),
  ),
})

const code = z.object({ mean: numbers, logVariance: z.optional(numbers) })

const ofModel = {
  model: text('The name of the model that answered.'),
  version: text('Sixteen hexadecimal digits of the SHA-256 of its file.'),
}

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: text('A stable name such as table/unseen-level.'),
    seen: z.string(),
    wanted: z.string(),
    fix: z.string(),
  })
  .check(z.describe('An error as RFC 9457 writes it: what was seen, what was wanted, and how to mend it.'))

const column = z.object({
  name: z.string(),
  kind: z.string(),
  about: z.string(),
  missing: z.number(),
  example: cell,
  levels: z.optional(z.array(cell)),
})

const given = z.object({
  name: z.string(),
  about: z.string(),
  example: cell,
  gaps: z
    .boolean()
    .check(z.describe('Whether training met rows of which it was not known: null is one, too.')),
  levels: z.optional(z.array(cell)),
})

const model = z.object({
  ...ofModel,
  operations: z.array(z.string()),
  latent: z.int(),
  exampleShape: z.array(z.int()),
  engine: z.string(),
  columns: z.optional(z.array(column)),
  given: z.optional(
    z
      .array(given)
      .check(
        z.describe(
          'What a model with a condition is given: of tables in columns of the rows, beside codes and rows of numbers as `condition`.',
        ),
      ),
  ),
})

const drift = z.object({
  rows: z.int().check(z.describe('Scored rows that are looked at.')),
  enough: z.int().check(z.describe('Rows from which on anything is said to have drifted.')),
  distance: z.optional(
    z
      .number()
      .check(
        z.describe('Greatest difference between the shares of their p-values and those of held-out rows.'),
      ),
  ),
  drifted: z.boolean(),
  flagged: z.number().check(z.describe('Share of them that was flagged.')),
  columns: z.array(
    z.object({
      name: z.string(),
      distance: z.optional(z.number()),
      missing: z.number(),
      missingInTraining: z.number(),
      unread: z.number(),
      drifted: z.boolean(),
    }),
  ),
})

const rate = z.object({
  model: z.string(),
  operation: z.string(),
  requests: z.int(),
  refused: z.int(),
  rows: z.int(),
  perSecond: z.number().check(z.describe('Requests a second in the last minute.')),
  seconds: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }),
})

const status = z.object({
  version: z.string(),
  upSeconds: z.number(),
  ready: z.boolean(),
  memory: z.int().check(z.describe('Bytes that the process holds.')),
  waiting: z.int(),
  loopSeconds: z.number().check(z.describe('How long the event loop was held at most in the last minute.')),
  models: z.array(z.object({ ...model.shape, drift: z.optional(drift) })),
  rates: z.array(rate),
})

const condition = z
  .record(z.string(), z.union([cell, z.array(cell)]))
  .check(
    z.describe(
      'What a model with a condition is given: by name one value for all, or one for each. Of rows of tables it stands in their own columns.',
    ),
  )

/** Every schema by the name that the document gives it. */
export const schemas = {
  Row: row,
  Rows: z.union([
    z.object({ rows: z.array(row), condition: z.optional(condition) }),
    z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) }),
  ]),
  Condition: condition,
  Codes: z.object({ codes: z.array(numbers), condition: z.optional(condition) }),
  ScoredRow: scoredRow,
  Code: code,
  Scores: z.object({ ...ofModel, rows: z.array(scoredRow) }),
  EncodedRows: z.object({ ...ofModel, codes: z.array(code) }),
  AnsweredRows: z.object({ ...ofModel, rows: z.array(row) }),
  Model: model,
  Models: z.object({ models: z.array(model) }),
  Status: status,
  Problem: problem,
} as const

export type Status = z.infer<typeof status>
export type Drift = z.infer<typeof drift>
export type Rate = z.infer<typeof rate>
export type ModelFacts = z.infer<typeof model>
