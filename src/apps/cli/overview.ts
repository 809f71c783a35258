import type { Verb } from './command.ts'
import { verbs } from './commands/index.ts'
import { type Example, exampleLines } from './examples.ts'
import { wrapped } from './terminal/lines.ts'
import type { Style } from './terminal/terminal.ts'

const examples: readonly Example[] = [
  ['betavae train mnist', 'a VAE on MNIST, with a report'],
  ['betavae train mnist --beta 4', 'a β-VAE'],
  ['betavae train table.csv --latent 3', 'on the numbers of a table'],
  ['betavae sweep mnist --beta 0.25,1,4,16', 'which β to choose'],
  ['betavae evaluate runs/mnist-1 --nll 500', 'what it is worth, in nats'],
]

/** What `betavae --help` prints; made from the table of verbs alone, so that no verb has to be loaded. */
export function overview(style: Style, columns: number): string {
  const { bold } = style
  const groups = [...new Set(verbs.map(({ group }) => group))].map((group) => {
    const lines = verbs.filter((verb) => verb.group === group)
    return [bold(group), ...lines.flatMap((verb) => lineOf(verb, columns))].join('\n')
  })
  return `${[
    `${bold('betavae')}: train, understand and ship variational autoencoders`,
    `${bold('Usage')}\n  betavae <verb> [options]`,
    ...groups,
    [bold('Examples'), ...exampleLines(examples, columns, style)].join('\n'),
    [
      bold('Options'),
      '  -h, --help     this text; betavae <verb> --help tells more of a verb',
      '  -V, --version  the version',
      '      --debug    with any verb: where an error came from',
    ].join('\n'),
  ].join('\n\n')}\n`
}

const INDENT = '  '
const NAME = Math.max(...verbs.map(({ name }) => name.length))

const lineOf = ({ name, summary }: Verb, columns: number): string[] =>
  wrapped(summary, columns - NAME - 2 * INDENT.length, 0).map(
    (words, at) => `${INDENT}${(at === 0 ? name : '').padEnd(NAME)}${INDENT}${words}`,
  )
