import { type CompletedOption, type CompletedVerb, quoted, type Shell } from './shell.ts'

/** Brackets and colons part what `_arguments` reads. */
const described = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&')

function argument({ flag, description, takesValue, names }: CompletedOption): string {
  const value = names.length > 0 ? `:value:(${names.join(' ')})` : takesValue ? ':value:_files' : ''
  return quoted(`--${flag}[${described(description)}]${value}`)
}

const verbCase = ({ name, options }: CompletedVerb): string =>
  `    ${name}) _arguments ${[...options.map(argument), quoted('*:file:_files')].join(' ')};;`

export const zsh: Shell = {
  name: 'zsh',
  install: 'betavae completion zsh > ~/.zfunc/_betavae, with fpath+=~/.zfunc before compinit in ~/.zshrc',
  script: (verbs) => `#compdef betavae
# zsh completion for betavae: betavae completion zsh > a folder of $fpath/_betavae
_betavae() {
  local -a verbs
  verbs=(
${verbs.map(({ name, summary }) => `    ${quoted(`${name}:${described(summary)}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
${verbs.map(verbCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = _betavae ]; then _betavae "$@"; else compdef _betavae betavae; fi
`,
}
