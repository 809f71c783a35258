/** The page of commands, made of their definitions. */
import type { Command, Verb } from '../../src/apps/cli/command.ts'
import { verbs } from '../../src/apps/cli/commands/index.ts'
import type { OptionSpec } from '../../src/apps/cli/options.ts'

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')

function option([flag, spec]: [string, OptionSpec]): string {
  const name = `\`--${flag}${spec.argument ? ` ${spec.argument}` : ''}\``
  const fallback = spec.fallback !== undefined && spec.argument ? ` Default: \`${spec.fallback}\`.` : ''
  const again = spec.repeats ? ' May be repeated.' : ''
  return `| ${name.replaceAll('|', '\\|')} | ${cell(spec.description)}.${fallback}${again} |`
}

function options(command: Command): string {
  const all = Object.entries({ ...command.optionsOf?.([]), ...command.options })
  const groups = Map.groupBy(all, ([, { group = 'Options' }]) => group)
  return [...groups]
    .map(([group, list]) => `**${group}**\n\n| | |\n|---|---|\n${list.map(option).join('\n')}\n`)
    .join('\n')
}

function section({ name, summary }: Verb, command: Command): string {
  const words = command.arguments.map(({ name: word, optional, several }) => {
    const dots = several ? `${word}…` : word
    return optional ? `[${dots}]` : `<${dots}>`
  })
  const given = command.arguments.map(({ name: word, description }) => `- \`${word}\`: ${description}`)
  const examples = command.examples.map(([line, purpose]) =>
    `# ${purpose}\nnpx betavae ${name} ${line}`.trim(),
  )
  return `## ${name}

${summary.replace(/^./, (letter) => letter.toUpperCase())}.

\`\`\`text
betavae ${[name, ...words, '[options]'].join(' ')}
\`\`\`

${given.join('\n')}

\`\`\`sh
${examples.join('\n')}
\`\`\`

${options(command)}`
}

export async function commandsPage(): Promise<string> {
  const sections = await Promise.all(verbs.map(async (verb) => section(verb, (await verb.load()).command)))
  return `# Commands and options

Every command takes \`--help\` (\`train --help all\` tells what few people need, too), \`--with <module>\` for parts of your own and \`--debug\`. Most take \`--json\` where a program may read the result. Results go to stdout, all else that is said to stderr. The exit code is 0 when it is done, 1 when it failed, 2 when your words were off, and 130 when it was interrupted and a checkpoint kept.

${sections.join('\n')}`
}
