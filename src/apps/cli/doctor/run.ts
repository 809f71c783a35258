import { type Diagnosis, diagnose, type Finding, openRunWith, type Part } from '../../../inside.node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { wrapped } from '../terminal/table.ts'
import type { Style, Terminal } from '../terminal/terminal.ts'

const WIDTH = 100

/** Says how a run fares, from its log alone: it may still train, and its data may be gone. */
export async function examineRun(
  path: string,
  { terminal, parts }: { readonly terminal: Terminal; readonly parts: readonly Part[] },
  json: boolean,
): Promise<ExitCode> {
  const { recipe, events } = await openRunWith(path, { parts })
  const diagnosis = diagnose({ recipe, events: await events() })
  terminal.out(
    json
      ? `${JSON.stringify({ run: path, ...diagnosis }, null, 2)}\n`
      : textOf(path, diagnosis, terminal.outStyle),
  )
  return exitCodes.done
}

function textOf(path: string, { said, findings }: Diagnosis, style: Style): string {
  const lines = [
    ...wrapped(`${style.bold(path)}  ${said}`, WIDTH, 2),
    ...findings.flatMap((one) => findingLines(one, style)),
  ]
  return `${lines.join('\n')}\n`
}

const findingLines = ({ code, severity, said, remedy }: Finding, { bold, dim, warn }: Style): string[] => [
  '',
  `${severity === 'note' ? severity : warn(severity)} ${dim(`[${code}]`)}`,
  ...wrapped(`  ${said}`, WIDTH, 2),
  ...wrapped(`  ${bold('to mend it:')} ${remedy}`, WIDTH, 2),
]
