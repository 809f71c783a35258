/** Rules that every row of a table keeps, and what they say of one. */
import * as z from 'zod/mini'

const value = z.union([z.number(), z.string()])

export const ruleSchema = z.discriminatedUnion('kind', [
  /** A column is a sum of others, each times a factor, plus a constant. */
  z.strictObject({
    kind: z.literal('sum'),
    column: z.string(),
    terms: z.array(z.strictObject({ column: z.string(), factor: z.number() })),
    constant: z.number(),
    within: z.number(),
  }),
  /** A column lies so near a sum of others that what it differs by, as quantiles at even shares, is better kept than drawn. */
  z.strictObject({
    kind: z.literal('near'),
    column: z.string(),
    terms: z.array(z.strictObject({ column: z.string(), factor: z.number() })),
    constant: z.number(),
    residuals: z.array(z.number()).check(z.minLength(2)),
  }),
  /** Where one column has a level, a number has one value. */
  z.strictObject({
    kind: z.literal('pinned'),
    when: z.tuple([z.string(), value]),
    column: z.string(),
    value: z.number(),
  }),
  /** A number, or a date, is never above another. */
  z.strictObject({
    kind: z.literal('order'),
    low: z.string(),
    high: z.string(),
    strict: z.boolean(),
    /** How far they lie apart, as quantiles at even shares, where the higher is made from the lower. */
    gaps: z.optional(z.array(z.number()).check(z.minLength(2))),
  }),
  /** The value of a column decides that of another. */
  z.strictObject({
    kind: z.literal('follows'),
    from: z.string(),
    column: z.string(),
    values: z.array(z.tuple([value, value])),
  }),
  /** Values of two columns that never meet though they would by chance. */
  z.strictObject({
    kind: z.literal('never'),
    columns: z.tuple([z.string(), z.string()]),
    pairs: z.array(z.tuple([value, value])),
  }),
])

/** A rule that every row of a table keeps; plain JSON. */
export type Rule = z.infer<typeof ruleSchema>
export type RuleOf<Kind extends Rule['kind']> = Extract<Rule, { kind: Kind }>

export const rulesSchema = z.array(ruleSchema)

/** A cell as rules see it: numbers and dates as numbers, levels as texts. */
export type PlainCell = number | string | null

/** A rule in words. */
export function ruleText(rule: Rule): string {
  switch (rule.kind) {
    case 'sum':
      return `${rule.column} = ${sumText(rule)}`
    case 'near':
      return `${rule.column} ≈ ${sumText(rule)}`
    case 'pinned':
      return `${rule.column} = ${rule.value} where ${rule.when[0]} is ${rule.when[1]}`
    case 'order':
      return `${rule.low} ${rule.strict ? '<' : '≤'} ${rule.high}`
    case 'follows':
      return `${rule.from} decides ${rule.column}`
    case 'never':
      return `${rule.pairs.length} ${rule.pairs.length === 1 ? 'pair' : 'pairs'} of ${rule.columns.join(' and ')} that never meet, such as ${rule.pairs[0].join(' and ')}`
  }
}

function sumText({ terms, constant }: Pick<RuleOf<'sum'>, 'terms' | 'constant'>): string {
  const parts = terms.map(({ column, factor }) => ({ text: column, factor }))
  const all = constant === 0 && parts.length > 0 ? parts : [...parts, { text: '', factor: constant }]
  return all
    .map(({ text, factor }, at) => {
      const size = Math.abs(factor)
      const number = Number(size.toPrecision(4))
      const shown = text === '' ? `${number}` : size === 1 ? text : `${number} ${text}`
      if (at === 0) return factor < 0 ? `−${shown}` : shown
      return `${factor < 0 ? '−' : '+'} ${shown}`
    })
    .join(' ')
}

/** Columns that a rule makes from others. */
export const madeBy = (rule: Rule): string | undefined =>
  rule.kind === 'order'
    ? rule.gaps && rule.high
    : rule.kind === 'never' || rule.kind === 'pinned'
      ? undefined
      : rule.column

/** Columns that a rule is about. */
export function namesOf(rule: Rule): string[] {
  switch (rule.kind) {
    case 'sum':
    case 'near':
      return [rule.column, ...rule.terms.map(({ column }) => column)]
    case 'follows':
      return [rule.from, rule.column]
    case 'pinned':
      return [rule.when[0], rule.column]
    case 'order':
      return [rule.low, rule.high]
    case 'never':
      return [...rule.columns]
  }
}

/** Whether rules make a column from another, over whatever lies between. */
export function madeFrom(rules: readonly Rule[], column: string, other: string): boolean {
  const rule = rules.find((one) => madeBy(one) === column)
  if (!rule) return false
  const sources = namesOf(rule).filter((name) => name !== column)
  return sources.some((name) => name === other || madeFrom(rules, name, other))
}
