import { widthOf } from './terminal/letters.ts'
import { commandLines, wrapped } from './terminal/lines.ts'
import type { Style } from './terminal/terminal.ts'

/** A command and what it does. */
export type Example = readonly [line: string, purpose: string]

const INDENT = '  '

/** Commands with what they do: beside them where the width allows, else below each, and long ones go on after a backslash. */
export function exampleLines(examples: readonly Example[], width: number, { dim }: Style): string[] {
  const lead = Math.max(...examples.map(([line]) => widthOf(line)))
  const needed = Math.max(...examples.map(([, purpose]) => INDENT.length + lead + 2 + widthOf(purpose)))
  if (needed <= width)
    return examples.map(
      ([line, purpose]) => `${INDENT}${line}${' '.repeat(lead - widthOf(line) + 2)}${dim(purpose)}`,
    )
  return examples.flatMap(([line, purpose]) => [
    ...commandLines(`${INDENT}${line}`, width),
    ...wrapped(`${INDENT}${INDENT}${purpose}`, width, 2 * INDENT.length).map(dim),
  ])
}
