import {
  type Diagnosis,
  diagnose,
  type Finding,
  mendingCommand,
  mendingWords,
  openRunWith,
  type Part,
} from '../../../inside.node.ts'
import { exampleLines } from '../examples.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import type { Style, Terminal } from '../terminal/terminal.ts'

/** Says how a run fares, from its log alone: it may still train, and its data may be gone. */
export async function examineRun(
  path: string,
  { terminal, parts }: { readonly terminal: Terminal; readonly parts: readonly Part[] },
  json: boolean,
): Promise<ExitCode> {
  const { recipe, events } = await openRunWith(path, { parts })
  const diagnosis = diagnose({ recipe, events: await events() })
  if (json) terminal.out(`${JSON.stringify({ run: path, ...diagnosis }, null, 2)}\n`)
  else {
    terminal.tell(diagnosisLines(path, diagnosis, terminal.outStyle))
    for (const line of mendingLines(path, diagnosis, terminal)) terminal.out(`${line}\n`)
  }
  return exitCodes.done
}

/** What a record says of its run, as people read it. */
export const diagnosisLines = (path: string, { said, findings }: Diagnosis, style: Style): string[] => [
  `${style.bold(path)}: ${said}`,
  ...findings.flatMap((one) => findingLines(one, style)),
]

/** The training that mends the worst of it, as it is typed. */
function mendingLines(path: string, { healthy, findings: [worst] }: Diagnosis, terminal: Terminal): string[] {
  if (healthy || !worst?.mend) return []
  const example = [mendingCommand(path, worst.mend), `to mend it: ${mendingWords(worst)}`] as const
  return [
    '',
    terminal.outStyle.bold('next'),
    ...exampleLines([example], terminal.outWidth(), terminal.outStyle),
  ]
}

const findingLines = ({ code, severity, said, remedy }: Finding, { bold, dim, warn }: Style): string[] => [
  '',
  `${severity === 'note' ? severity : warn(severity)} ${dim(`[${code}]`)}`,
  `  ${said}`,
  `  ${bold('to mend it:')} ${remedy}`,
]
