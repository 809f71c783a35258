/** An object of a JSON text, and the line on which it begins, from 1. */
export interface JsonObject {
  readonly line: number
  readonly fields: Readonly<Record<string, unknown>>
  /** How many of its numbers are none in JSON, such as NaN. */
  readonly noNumbers?: number
  /** A row as an array has it: its fields are numbered. */
  readonly isArray?: boolean
  /** As it is written, where it is written as an object. */
  readonly text?: string
  /** Its fields as they came, where they are kept. */
  readonly whole?: Readonly<Record<string, unknown>>
}
