import { type Flaw, flawUnless } from './flaw.ts'

/** What a part says of itself. */
interface Speaking {
  readonly summary: string
  formula?(options: unknown): string
}

/** Whether a part says what it is, and its options are what a recipe can keep. */
export const wordsFlaws = (part: Speaking, options?: unknown): Flaw[] => [
  ...flawUnless(part.summary.length > 10, 'summary', () => `"${part.summary}"; wanted a few words`),
  ...flawUnless(
    part.formula === undefined || part.formula(options).length > 2,
    'formula',
    () => `"${part.formula?.(options)}"; wanted a text`,
  ),
  ...flawUnless(
    options === undefined || JSON.stringify(JSON.parse(JSON.stringify(options))) === JSON.stringify(options),
    'options',
    () => 'default options that JSON does not hold; wanted plain values, as a recipe keeps them',
  ),
]
