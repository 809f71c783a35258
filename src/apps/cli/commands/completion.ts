import { defineCommand, type Verb } from '../command.ts'
import { shells } from '../completion/index.ts'
import type { CompletedVerb } from '../completion/shell.ts'
import { exitCodes } from '../exit.ts'
import { refuseArgument } from '../options.ts'

const NAMES = shells.map(({ name }) => name)

export const command = defineCommand({
  arguments: [{ name: 'shell', description: NAMES.join(', ') }],
  options: {},
  examples: shells.map(({ name, install }) => [name, install] as const),
  async run({ args: [given], terminal, verbs }) {
    const shell = shells.find(({ name }) => name === given) ?? refuseArgument('shell', given, NAMES)
    terminal.out(shell.script(await Promise.all(verbs.map(completed))))
    return exitCodes.done
  },
})

/** A verb with all of its options, those of a recipe included. */
async function completed({ name, summary, load }: Verb): Promise<CompletedVerb> {
  const { command } = await load()
  const options = { ...command.optionsOf?.([]), ...command.options }
  return {
    ...{ name, summary },
    options: Object.entries(options).map(([flag, { description, argument, names = [] }]) => ({
      ...{ flag, names },
      // The names come beside it.
      description: description.replace(`: ${names.join(', ')}`, ''),
      takesValue: argument !== undefined,
    })),
  }
}
