import type { CompletedVerb, Shell } from './shell.ts'

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`

const verbLine = ({ name, summary }: CompletedVerb): string =>
  `complete -c betavae -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`

const optionLines = ({ name, options }: CompletedVerb): string[] =>
  options.map(({ flag, description, takesValue, names }) => {
    const value = names.length > 0 ? ` -x -a ${quoted(names.join(' '))}` : takesValue ? ' -r' : ''
    return `complete -c betavae -n '__fish_seen_subcommand_from ${name}' -l ${flag}${value} -d ${quoted(description)}`
  })

export const fish: Shell = {
  name: 'fish',
  install: 'betavae completion fish > ~/.config/fish/completions/betavae.fish',
  script: (verbs) =>
    `# fish completion for betavae: betavae completion fish > ~/.config/fish/completions/betavae.fish
${[...verbs.map(verbLine), ...verbs.flatMap(optionLines)].join('\n')}
`,
}
