import { verbs } from './commands/index.ts'
import { type Example, exampleLines } from './examples.ts'
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
  const width = Math.max(...verbs.map(({ name }) => name.length))
  const groups = [...new Set(verbs.map(({ group }) => group))].map((group) => {
    const lines = verbs.filter((verb) => verb.group === group)
    return [bold(group), ...lines.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)].join(
      '\n',
    )
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
