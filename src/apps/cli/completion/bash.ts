import { type CompletedVerb, quoted, type Shell } from './shell.ts'

const words = (list: readonly string[]): string => quoted(list.join(' '))

const flagsOf = ({ options }: CompletedVerb): string[] => options.map(({ flag }) => `--${flag}`)

/** Cases for options whose value is one of some names, and for those whose value is anything. */
const valueCases = ({ name, options }: CompletedVerb): string[] =>
  options
    .filter(({ names }) => names.length > 0)
    .map(
      ({ flag, names }) =>
        `    ${quoted(`${name} --${flag}`)}) COMPREPLY=($(compgen -W ${words(names)} -- "$current")); return;;`,
    )

export const bash: Shell = {
  name: 'bash',
  install: 'source <(betavae completion bash), in ~/.bashrc',
  script: (verbs) => `# bash completion for betavae: source <(betavae completion bash)
_betavae() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} verb=\${COMP_WORDS[1]} flags
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${words(verbs.map(({ name }) => name))} -- "$current"))
    return
  fi
  case "$verb $before" in
${verbs.flatMap(valueCases).join('\n')}
  esac
  case $verb in
${verbs.map((verb) => `    ${verb.name}) flags=${words(flagsOf(verb))};;`).join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  else
    local IFS=$'\n'
    COMPREPLY=($(compgen -f -- "$current"))
    compopt -o filenames 2>/dev/null
  fi
}
complete -F _betavae betavae
`,
}
