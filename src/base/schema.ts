/** The words of this project for what a schema refuses. */
import * as z from 'zod/mini'

type Issue = z.core.$ZodIssue

const sized = (origin: string, bound: string): string =>
  origin === 'string' || origin === 'array' ? `a ${origin} of length ${bound}` : `a number ${bound}`

/** What was wanted where a schema found an issue. */
export function wantedOf(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return sized(issue.origin, `${issue.inclusive ? '≥' : '>'} ${issue.minimum}`)
    case 'too_big':
      return sized(issue.origin, `${issue.inclusive ? '≤' : '<'} ${issue.maximum}`)
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`
    case 'invalid_value':
      return issue.values.length === 1 ? JSON.stringify(issue.values[0]) : `one of ${issue.values.join(', ')}`
    case 'unrecognized_keys':
      return `no ${issue.keys.map((key) => `"${key}"`).join(', ')} there`
    default:
      return issue.message
  }
}

/** The first issue's place, as dotted text, and what was wanted there. */
export function firstIssue(error: z.core.$ZodError): {
  readonly at: string
  readonly wanted: string
  readonly path: readonly PropertyKey[]
} {
  const [issue] = error.issues
  return { at: issue.path.join('.'), wanted: wantedOf(issue), path: issue.path }
}

/** A text that must be JSON of a given shape. */
export const jsonText = <Schema extends z.core.$ZodType>(schema: Schema) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text: string, context): unknown => {
        try {
          return JSON.parse(text)
        } catch {
          context.issues.push({ code: 'custom', message: 'JSON', input: text })
          return z.NEVER
        }
      }),
    ),
    schema,
  )
